import { createHash } from 'node:crypto';

/**
 * The counting of `memory-budget-store.ts` in Redis, in one step for all limits of a call and by Redis's own clock. A
 * limit is a hash: `a<bucket>` what was taken, `s<bucket>` the part of it that background work took, `paused` until when.
 *
 * Not rate-limiter-flexible, which counts the gateway's budgets: its windows are fixed, so twice the limit passes around
 * the end of one, and a vendor with a rolling window (HubSpot) refuses the second half; and it knows one limit at a time.
 *
 * KEYS: the limits, then the set of replicas.
 * ARGV: replica, longest wait, 1 for background work, shortest wait; then for each limit points, points for background work, cost,
 * bucketMs, keptMs.
 * Answer: taken (1 or 0), wait, index of the limit that makes it wait (0 none, negative: by a pause), turn, replicas,
 * then what is used of each limit.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limits = #KEYS - 1
local isSync = ARGV[3] == '1'
local turn, heldBy = now + tonumber(ARGV[4]), 0
local function wait(at, by)
  if at > turn then turn, heldBy = at, by end
end
local function fitsAt(list, used, cost, points)
  if used + cost <= points then return 0 end
  table.sort(list, function(a, b) return a.freedAt < b.freedAt end)
  local at = 0
  for _, bucket in ipairs(list) do
    used = used - bucket.points
    at = bucket.freedAt
    if used + cost <= points then break end
  end
  return at
end
local answer = {}
for i = 1, limits do
  local arg = 4 + (i - 1) * 5
  local points, forSync, cost = tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2]), tonumber(ARGV[arg + 3])
  local size, kept = tonumber(ARGV[arg + 4]), tonumber(ARGV[arg + 5])
  local fields = redis.call('HGETALL', KEYS[i])
  local lists, used = { a = {}, s = {} }, { a = 0, s = 0 }
  for f = 1, #fields, 2 do
    local field, value = fields[f], tonumber(fields[f + 1])
    if field == 'paused' then
      wait(value, -i)
    else
      local kind = string.sub(field, 1, 1)
      local freedAt = (tonumber(string.sub(field, 2)) + 1) * size + kept
      if freedAt <= now then
        redis.call('HDEL', KEYS[i], field)
      else
        table.insert(lists[kind], { freedAt = freedAt, points = value })
        used[kind] = used[kind] + value
      end
    end
  end
  wait(fitsAt(lists.a, used.a, cost, points), i)
  if isSync then wait(fitsAt(lists.s, used.s, cost, forSync), i) end
  answer[i] = used.a
end
local isTaken = turn - now <= tonumber(ARGV[2])
if isSync then isTaken = turn == now end
redis.call('ZREMRANGEBYSCORE', KEYS[#KEYS], 0, now - 60000)
redis.call('ZADD', KEYS[#KEYS], now, ARGV[1])
redis.call('PEXPIRE', KEYS[#KEYS], 120000)
if isTaken then
  for i = 1, limits do
    local arg = 4 + (i - 1) * 5
    local cost, size, kept = tonumber(ARGV[arg + 3]), tonumber(ARGV[arg + 4]), tonumber(ARGV[arg + 5])
    local bucket = string.format('%.0f', math.floor(turn / size))
    redis.call('HINCRBY', KEYS[i], 'a' .. bucket, cost)
    if isSync then redis.call('HINCRBY', KEYS[i], 's' .. bucket, cost) end
    answer[i] = answer[i] + cost
    local lasts = turn - now + size + kept
    if redis.call('PTTL', KEYS[i]) < lasts then redis.call('PEXPIRE', KEYS[i], lasts) end
  end
end
return { isTaken and 1 or 0, turn - now, heldBy, turn, redis.call('ZCARD', KEYS[#KEYS]), unpack(answer) }
`;

/**
 * Adds points at a moment, or takes them back. KEYS: the limits. ARGV: the moment, 1 for background work; then for each
 * limit points and bucketMs.
 */
const ADD = `
for i = 1, #KEYS do
  local points, size = ARGV[1 + i * 2], tonumber(ARGV[2 + i * 2])
  local bucket = string.format('%.0f', math.floor(tonumber(ARGV[1]) / size))
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('HINCRBY', KEYS[i], 'a' .. bucket, points)
    if ARGV[2] == '1' then redis.call('HINCRBY', KEYS[i], 's' .. bucket, points) end
  end
end
`;

/** Makes the count of a limit the vendor's own. KEYS: the limit. ARGV: used, bucketMs, keptMs, 1 for a day. */
const SET_USED = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size, kept = tonumber(ARGV[2]), tonumber(ARGV[3])
local used = 0
local fields = redis.call('HGETALL', KEYS[1])
for f = 1, #fields, 2 do
  local isCount = string.sub(fields[f], 1, 1) == 'a'
  if isCount and (tonumber(string.sub(fields[f], 2)) + 1) * size + kept > now then used = used + tonumber(fields[f + 1]) end
end
local missing = tonumber(ARGV[1]) - used
if missing > 0 or ARGV[4] == '1' then
  redis.call('HINCRBY', KEYS[1], 'a' .. string.format('%.0f', math.floor(now / size)), missing)
  local lasts = size + kept
  if redis.call('PTTL', KEYS[1]) < lasts then redis.call('PEXPIRE', KEYS[1], lasts) end
end
`;

/** KEYS: the limit. ARGV: milliseconds. */
const PAUSE = `
local time = redis.call('TIME')
local untilMs = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
if untilMs > tonumber(redis.call('HGET', KEYS[1], 'paused') or '0') then
  redis.call('HSET', KEYS[1], 'paused', string.format('%.0f', untilMs))
  if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
end
`;

export interface Script {
  text: string;
  sha: string;
}

export const budgetScripts = {
  take: script(TAKE),
  add: script(ADD),
  setUsed: script(SET_USED),
  pause: script(PAUSE),
};

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
