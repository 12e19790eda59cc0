import { createHash } from 'node:crypto';

/**
 * Writes fields of status records, each unless the record is as new or newer, and tells everybody who listens. Joining and
 * leaving the line, and the totals, are counted in the same step, so that each change is counted once. Many records in one
 * call, each as one JSON text: thousands a second would else be spent on hundreds of thousands of arguments.
 * KEYS of each: record, line, totals, minute, run times. ARGV channel, minute keep s, kept run times, then of each
 * {version, state, keepMs, change, joins, total, runMs, fields: {name: text}}.
 * Returns of each 1 when it was written, else 0.
 */
export const WRITE = `
local written = {}
for i = 1, #ARGV - 3 do
  local record, line, totals, minute, runs = unpack(KEYS, 5 * i - 4, 5 * i)
  local news = cjson.decode(ARGV[i + 3])
  local known = redis.call('HMGET', record, 'version', 'run', 'progress', 'seq')
  written[i] = 0
  if news.version > tonumber(known[1] or '-1') then
    written[i] = 1
    local fields, seq = news.fields, known[4]
    -- Within a run progress does not go back: a crashed attempt had told more than it had saved.
    if fields.progress and known[3] and known[2] == (fields.run or known[2])
      and tonumber(known[3]) > tonumber(fields.progress) then
      fields.progress = known[3]
    end
    if news.joins and not seq then
      fields.seq = redis.call('HINCRBY', line, 'added', 1)
    elseif news.state ~= 'queued' and seq then
      redis.call('HDEL', record, 'seq')
      redis.call('HINCRBY', line, 'left', 1)
    end
    local flat = {}
    for field, value in pairs(fields) do flat[#flat + 1] = field; flat[#flat + 1] = value end
    redis.call('HSET', record, unpack(flat))
    redis.call('PEXPIRE', record, news.keepMs)
    if news.total then
      redis.call('HINCRBY', totals, news.total, 1)
      redis.call('HINCRBY', minute, news.total, 1)
      redis.call('EXPIRE', minute, ARGV[2])
    end
    if news.runMs then
      redis.call('LPUSH', runs, news.runMs)
      redis.call('LTRIM', runs, 0, tonumber(ARGV[3]) - 1)
    end
    redis.call('PUBLISH', ARGV[1], news.change)
  end
end
return written
`;

export const WRITE_SHA = createHash('sha1').update(WRITE).digest('hex');
