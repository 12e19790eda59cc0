import { createHash } from 'node:crypto';

/**
 * Writes fields of status records of one queue, each unless the record is as new or newer, and tells everybody who listens.
 * Joining and leaving the line, and the totals, are counted in the same step, so that each change is counted once. Many
 * records in one call, each as one JSON text, and what they share said once: thousands a second would else be spent on
 * hundreds of thousands of arguments.
 * KEYS line, totals, minute, run times, then the records. ARGV channel, minute keep s, kept run times, then of each record
 * {version, state, keepMs, change, joins, total, runMs, run, progress, fields: [name, text, ...]}.
 * Returns of each 1 when it was written, else 0.
 */
export const WRITE = `
local line, totals, minute, runs = unpack(KEYS, 1, 4)
local written, counts, left, times = {}, {}, 0, {}
for i = 1, #ARGV - 3 do
  local record = KEYS[i + 4]
  local news = cjson.decode(ARGV[i + 3])
  local known = redis.call('HMGET', record, 'version', 'run', 'progress', 'seq')
  written[i] = 0
  if news.version > tonumber(known[1] or '-1') then
    written[i] = 1
    local fields, seq = news.fields, known[4]
    if news.joins and not seq then
      fields[#fields + 1] = 'seq'
      fields[#fields + 1] = redis.call('HINCRBY', line, 'added', 1)
    elseif news.state ~= 'queued' and seq then
      redis.call('HDEL', record, 'seq')
      left = left + 1
    end
    -- Within a run progress does not go back: a crashed attempt had told more than it had saved.
    if news.progress and known[3] and known[2] == (news.run or known[2])
      and tonumber(known[3]) > tonumber(news.progress) then
      fields[#fields + 1] = 'progress'
      fields[#fields + 1] = known[3]
    end
    redis.call('HSET', record, unpack(fields))
    redis.call('PEXPIRE', record, news.keepMs)
    if news.total then counts[news.total] = (counts[news.total] or 0) + 1 end
    if news.runMs then times[#times + 1] = news.runMs end
    redis.call('PUBLISH', ARGV[1], news.change)
  end
end
if left > 0 then redis.call('HINCRBY', line, 'left', left) end
for total, count in pairs(counts) do
  redis.call('HINCRBY', totals, total, count)
  redis.call('HINCRBY', minute, total, count)
  redis.call('EXPIRE', minute, ARGV[2])
end
if #times > 0 then
  redis.call('LPUSH', runs, unpack(times))
  redis.call('LTRIM', runs, 0, tonumber(ARGV[3]) - 1)
end
return written
`;

export const WRITE_SHA = createHash('sha1').update(WRITE).digest('hex');
