import { createHash } from 'node:crypto';

/** A step that Redis takes as one. All of a script's keys belong to one source, so to one slot. */
export interface RedisScript {
  text: string;
  sha1: string;
}

function script(text: string): RedisScript {
  const whole = `${STATE}\n${text}`;
  return { text: whole, sha1: createHash('sha1').update(whole).digest('hex') };
}

/**
 * The source's state: an epoch (records of another one do not count), the sequence of its invalidations, and the
 * sequence below which it is not known any more what was invalidated. They begin at the clock, in microseconds: a Redis
 * that lost its memory goes on above what it had. Garbage counts as lost.
 */
const STATE = `
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
local function write(epoch, sequence, floor)
  local text = string.format('%.0f:%.0f:%.0f', epoch, sequence, floor)
  redis.call('SET', KEYS[1], text)
  return text
end
local function state()
  local text = redis.pcall('GET', KEYS[1])
  if type(text) == 'string' then
    local epoch, sequence, floor = string.match(text, '^(%d+):(%d+):(%d+)$')
    if epoch then return text, tonumber(epoch), tonumber(sequence), tonumber(floor) end
  end
  local now = clock()
  return write(now, now, now), now, now, now
end
local function score(key, member)
  local found = redis.pcall('ZSCORE', key, member)
  if type(found) == 'table' then return math.huge end
  return found and tonumber(found) or -1
end`;

/**
 * KEYS: state, then for each record: record, claim. ARGV: owner, milliseconds, now. Answers the state, then for each 0
 * (ours to load), how long it is another's, or -1: it is there by now.
 */
export const CLAIM = script(`
local text, current = state()
current = string.format('%.0f', current)
local answer = { text }
for i = 2, #KEYS, 2 do
  local head = redis.pcall('GETRANGE', KEYS[i], 0, 40)
  local epoch, freshUntil
  if type(head) == 'string' then epoch, freshUntil = string.match(head, '^(%d+):(%d+):') end
  if epoch == current and tonumber(freshUntil) > tonumber(ARGV[3]) then
    answer[#answer + 1] = -1
  elseif redis.call('SET', KEYS[i + 1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    answer[#answer + 1] = 0
  else
    answer[#answer + 1] = math.max(redis.call('PTTL', KEYS[i + 1]), 1)
  end
end
return answer`);

/** KEYS: state, claims. ARGV: owner. */
export const RELEASE = script(`
for i = 2, #KEYS do
  if redis.pcall('GET', KEYS[i]) == ARGV[1] then redis.call('DEL', KEYS[i]) end
end
return 'released'`);

/**
 * KEYS: state, invalidated, erased, then for each record: record, claim. ARGV: plan, then the records' texts.
 * A record is kept unless one of its tags was invalidated since the load began, or is erased. Answers how many were.
 */
export const KEEP = script(`
local plan = cjson.decode(ARGV[1])
local _, epoch, _, floor = state()
local fits = plan.since >= floor and string.format('%.0f', epoch) == plan.epoch
local kept = 0
for i, one in ipairs(plan.records) do
  local isGood = fits
  for _, tag in ipairs(one.tags) do
    isGood = isGood and score(KEYS[2], tag) <= plan.since
  end
  for _, mark in ipairs(one.marks) do
    isGood = isGood and score(KEYS[3], mark) <= plan.now
  end
  if isGood then
    redis.call('SET', KEYS[2 + 2 * i], ARGV[1 + i], 'PX', one.life)
    redis.call('SADD', plan.base .. 'types', one.type)
    for _, tag in ipairs(one.indexed) do
      local key = plan.base .. 't:' .. tag
      -- What has gone by itself leaves the index here, and the index goes with its last record.
      local trimmed = redis.pcall('ZREMRANGEBYSCORE', key, '-inf', plan.now)
      if type(trimmed) == 'table' then redis.call('DEL', key) end
      redis.call('ZADD', key, plan.now + one.life, one.name)
      if redis.call('PTTL', key) < one.life then redis.call('PEXPIRE', key, one.life) end
    end
    kept = kept + 1
  end
  if redis.pcall('GET', KEYS[3 + 2 * i]) == plan.owner then redis.call('DEL', KEYS[3 + 2 * i]) end
end
return kept`);

/**
 * KEYS: state, invalidated, then for each tag: its index, and the record whose own tag it is. ARGV: base, "first" or
 * "more", most records to remove, the tags' hashes. Answers how many records went and whether there are more.
 */
export const INVALIDATE = script(`
local _, epoch, sequence, floor = state()
if ARGV[2] == 'first' then
  sequence = math.max(sequence + 1, clock())
  for i = 4, #ARGV do redis.call('ZADD', KEYS[2], sequence, ARGV[i]) end
  if redis.call('ZCARD', KEYS[2]) > 20000 then
    local gone = redis.call('ZPOPMIN', KEYS[2], 5000)
    floor = tonumber(gone[#gone])
  end
  write(epoch, sequence, floor)
end
local left = tonumber(ARGV[3])
local count = 0
local isMore = 0
for i = 4, #ARGV do
  local index = KEYS[3 + 2 * (i - 4)]
  count = count + redis.call('UNLINK', KEYS[4 + 2 * (i - 4)])
  local names = redis.pcall('ZPOPMIN', index, math.max(left, 1))
  if names.err then
    -- Somebody else's value where the index was: which records had the tag is not known, so none counts.
    redis.call('DEL', index)
    write(math.max(epoch + 1, clock()), sequence, floor)
    names = {}
  end
  for n = 1, #names, 2 do
    count = count + redis.call('UNLINK', ARGV[1] .. 'r:' .. names[n])
    left = left - 1
  end
  if left <= 0 and redis.call('EXISTS', index) == 1 then isMore = 1 end
end
return { count, isMore }`);

/** KEYS: state. No record from before counts any more. */
export const BUMP = script(`
local _, epoch, sequence, floor = state()
local now = clock()
write(math.max(epoch + 1, now), math.max(sequence + 1, now), math.max(floor, math.max(sequence + 1, now)))`);

/** KEYS: state, erased. ARGV: now, then pairs of until and hash. */
export const ERASE = script(`
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
for i = 2, #ARGV, 2 do redis.call('ZADD', KEYS[2], 'GT', ARGV[i], ARGV[i + 1]) end`);
