/**
 * The index's scripts. KEYS[1] begins the names of all keys of one index, which carry one hash tag and so stand in one
 * slot of a Cluster: `i:` a bucket of ids ("round:changedAt:place:parents"), `p:` a parent (id to packed record; empty = it
 * has changed since; "!" = the mark since when something of it is unknown), `changed` (id to mark), `erased`, `mark`.
 */
const TAKE_OUT = `
  local function takeOut(id, bucket)
    local known = redis.call('HGET', KEYS[1] .. 'i:' .. bucket, id)
    if not known then return end
    for parent in string.gmatch(string.match(known, '^%d+:%d+:[^:]*:(.*)$'), '[^,]+') do
      redis.call('HDEL', KEYS[1] .. 'p:' .. parent, id)
    end
    redis.call('HDEL', KEYS[1] .. 'i:' .. bucket, id)
  end`;

/** ARGV: since, round, now, then of each entry: id, bucket, changedAt, place, parents, packed record. */
export const PUT = `${TAKE_OUT}
  local since, round, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local results = {}
  for i = 4, #ARGV, 6 do
    local id, bucket, at = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local place, parents, packed = ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
    local idKey = KEYS[1] .. 'i:' .. bucket
    local told = redis.call('HGET', KEYS[1] .. 'changed', id)
    local known = redis.call('HGET', idKey, id)
    local knownRound, knownAt, knownPlace, knownParents
    if known then
      knownRound, knownAt, knownPlace, knownParents = string.match(known, '^(%d+):(%d+):([^:]*):(.*)$')
    end
    local seen = string.format('%d', math.max(round, tonumber(knownRound or 0)))
    local result
    if told and tonumber(told) > since then
      result = 'refused'
    elseif known and not told and tonumber(knownAt) > tonumber(at) then
      redis.call('HSET', idKey, id, seen .. ':' .. knownAt .. ':' .. knownPlace .. ':' .. knownParents)
      result = 'refused'
    else
      takeOut(id, bucket)
      redis.call('HDEL', KEYS[1] .. 'changed', id)
      local erased = false
      for parent in string.gmatch(parents, '[^,]+') do
        if tonumber(redis.call('HGET', KEYS[1] .. 'erased', parent) or 0) > now then erased = true end
      end
      if erased then
        result = 'refused'
      else
        redis.call('HSET', idKey, id, seen .. ':' .. at .. ':' .. place .. ':' .. parents)
        for parent in string.gmatch(parents, '[^,]+') do redis.call('HSET', KEYS[1] .. 'p:' .. parent, id, packed) end
        if not known then
          result = 'new'
        elseif knownPlace ~= place then
          result = 'moved'
        elseif told or knownAt ~= at then
          result = 'changed'
        else
          result = 'same'
        end
      end
    end
    results[#results + 1] = result
  end
  return results`;

/** ARGV: of each record id, bucket. */
export const REMOVE = `${TAKE_OUT}
  for i = 1, #ARGV, 2 do
    takeOut(ARGV[i], ARGV[i + 1])
    redis.call('HDEL', KEYS[1] .. 'changed', ARGV[i])
  end`;

/** ARGV: how many records, of each id and bucket, then parents. */
export const MARK_CHANGED = `
  local mark = redis.call('INCR', KEYS[1] .. 'mark')
  local records = tonumber(ARGV[1])
  local areKnown, knownParents = records > 0, {}
  for i = 2, 1 + 2 * records, 2 do
    redis.call('HSET', KEYS[1] .. 'changed', ARGV[i], mark)
    local known = redis.call('HGET', KEYS[1] .. 'i:' .. ARGV[i + 1], ARGV[i])
    if known then
      for parent in string.gmatch(string.match(known, '^%d+:%d+:[^:]*:(.*)$'), '[^,]+') do
        redis.call('HSET', KEYS[1] .. 'p:' .. parent, ARGV[i], '')
        knownParents[parent] = true
      end
    else
      areKnown = false
    end
  end
  for i = 2 + 2 * records, #ARGV do
    if not (areKnown and knownParents[ARGV[i]]) then redis.call('HSET', KEYS[1] .. 'p:' .. ARGV[i], '!', mark) end
  end`;

/** ARGV: the state as it was read (empty = none), the new one. */
export const WRITE_STATE = `
  if (redis.call('GET', KEYS[1] .. 'state') or '') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1] .. 'state', ARGV[2])
  return 1`;
