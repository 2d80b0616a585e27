-- The other end of pandoc.py, run as `pandoc lua pandoc.lua`: one job a line on stdin, one answer a line on stdout.
-- A job is a line of JSON; a job with a document has it on the next line. An answer is a sign and a line of JSON: "=" for
-- a result, "!" for an error. Everything is a line of text, because stdin and stdout are in text mode on Windows: bytes
-- go through files.

local json = pandoc.json

-- Formulas are read where they are written: they are written here to know which cannot be. The function is made once:
-- pandoc never lets go of one that has walked through a document, nor of what it knows.
local formulas
local gathering = {Math = function(formula) formulas[#formulas + 1] = formula end}
local function unreadable_formulas(document)
  formulas = {}
  document:walk(gathering)
  return (pandoc.log.silence(pandoc.write, pandoc.Pandoc {pandoc.Plain(formulas)}, 'typst'))
end

local function parsed(text, format)
  local log, document = pandoc.log.silence(pandoc.read, text, format)
  if text:find('$', 1, true) then
    for _, entry in ipairs(unreadable_formulas(document)) do log[#log + 1] = entry end
  end
  return '{"log":' .. json.encode(log) .. ',"ast":' .. pandoc.write(document, 'json') .. '}'
end

local function parsed_or_failed(text, format)
  local fine, answer = pcall(parsed, text, format)
  return fine and answer or '{"error":' .. json.encode(tostring(answer)) .. '}'
end

-- By pandoc's own function: Lua's would take the path for one in the machine's old code page on Windows.
local function save(path, bytes)
  pandoc.system.write_file(path, bytes)
  return 'true'
end

-- Formulas in a title become text: CSL has no formulas.
local function as_text(formula)
  return pandoc.Str((pandoc.write(pandoc.Pandoc {pandoc.Plain {formula}}, 'plain'):gsub('%s+$', '')))
end

local function csl_or_failed(text, format)
  local fine, answer = pcall(function()
    return pandoc.write(pandoc.read(text, format):walk {Math = as_text}, 'csljson')
  end)
  return fine and json.encode(answer) or 'null'
end

local jobs = {
  csl = function(job)
    local answers = {}
    for i, text in ipairs(job.texts) do answers[i] = csl_or_failed(text, job.format) end
    return '[' .. table.concat(answers, ',') .. ']'
  end,
  parse = function(job)
    local answers = {}
    for i, text in ipairs(job.texts) do answers[i] = parsed_or_failed(text, job.format) end
    return '[' .. table.concat(answers, ',') .. ']'
  end,
  write = function(job)
    local document = pandoc.read(io.read('l'), 'json')
    return json.encode(pandoc.write(document, job.format, {wrap_text = 'none'}))
  end,
  citeproc = function()
    return pandoc.write(pandoc.utils.citeproc(pandoc.read(io.read('l'), 'json')), 'json')
  end,
  version = function() return json.encode(tostring(PANDOC_VERSION)) end,
  docx = function(job)
    local document = pandoc.read(io.read('l'), 'json')
    for _, name in ipairs(job.pictures) do pandoc.mediabag.insert(name, nil, 'picture') end
    local options = {reference_doc = job.reference, highlight_method = 'none'}
    return save(job.output, pandoc.write(document, 'docx', options))
  end,
}

-- The first document costs more than the next: pandoc makes its tables as they are needed. It makes them now, while the
-- one who started it has not come so far as to ask.
local sample = pandoc.read([[
# A {#b}

*c* **d** "e" `f` [g](http://h.i) ![j](k){#l width=1%} @m [@n, s. 1] o[^1] p\
&amp; -- ... H~2~O <br> $x$

[^1]: q

- r
    1. s

> t

| u |
|---|
| v |

: w {#x}
]], 'markdown')
pandoc.write(sample, 'json')
pandoc.write(sample, 'typst')

for line in io.lines() do
  local job = json.decode(line, false)
  local fine, answer = pcall(jobs[job.kind], job)
  io.write(fine and '=' or '!', fine and answer or json.encode(tostring(answer)), '\n')
  io.flush()
end
