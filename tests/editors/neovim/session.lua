-- What an author does in Neovim, key by key: reads a finding, hovers, goes to
-- the other article, and mends the text. Neovim is set up by the instructions
-- in docs/editors.md, word for word.

local PATIENCE = 20000 -- milliseconds

local function fail(message, ...)
  error(string.format(message, ...), 0)
end

local function step(what)
  io.stdout:write(what, '\n')
end

local function equal(found, expected, what)
  if not vim.deep_equal(found, expected) then
    fail('%s:\n  expected %s\n  found    %s', what, vim.inspect(expected), vim.inspect(found))
  end
end

--- Waits until something holds; fails with what is there instead.
local function wait(what, holds, instead)
  if not vim.wait(PATIENCE, holds, 20) then
    fail('waited %d s in vain for %s; there is: %s', PATIENCE / 1000, what, vim.inspect(instead and instead()))
  end
end

--- The block of Lua under a heading of the instructions.
local function instructions(heading)
  local lines, is_under, block = vim.fn.readfile('docs/editors.md'), false, nil
  for _, line in ipairs(lines) do
    if block and line == '```' then
      return table.concat(block, '\n')
    elseif block then
      table.insert(block, line)
    elseif line == heading then
      is_under = true
    elseif is_under and line == '```lua' then
      block = {}
    end
  end
  fail('docs/editors.md has no Lua under "%s"', heading)
end

--- Types keys as an author does, with their mappings.
local function type_keys(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xt', false)
end

--- Puts the cursor on the first place of some words.
local function go_to(words)
  vim.fn.cursor(1, 1)
  if vim.fn.search('\\V' .. words, 'cW') == 0 then
    fail('the text has no "%s"', words)
  end
end

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

local function found()
  return vim.diagnostic.get(0)
end

local function codes()
  local all = vim.tbl_map(function(each)
    return tostring(each.code or each.user_data and each.user_data.lsp.code)
  end, found())
  table.sort(all)
  return all
end

local function wait_for_codes(...)
  local expected = { ... }
  wait('the findings ' .. vim.inspect(expected), function()
    return vim.deep_equal(codes(), expected)
  end, found)
end

local function find(code)
  for _, each in ipairs(found()) do
    if (each.code or each.user_data.lsp.code) == code then
      return each
    end
  end
end

local function floats()
  return vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end, vim.api.nvim_list_wins())
end

--- The lines of the window that floats over the text.
local function float()
  local window = floats()[1]
  return window and vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
end

--- What moving the cursor does where somebody looks at it.
local function close_floats()
  for _, window in ipairs(floats()) do
    vim.api.nvim_win_close(window, true)
  end
end

--- Asks for code actions and takes the one whose title begins like this.
local function act(beginning)
  local offered
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for at, title in ipairs(offered) do
      if vim.startswith(title, beginning) then
        return choose(items[at], at)
      end
    end
    choose(nil)
  end
  local before = vim.api.nvim_buf_get_changedtick(0)
  type_keys('<Space>a')
  wait('the action "' .. beginning .. '"', function()
    return vim.api.nvim_buf_get_changedtick(0) ~= before
  end, function()
    return offered
  end)
end

local function session()
  local folder = os.getenv('ARTICLES')
  assert(loadstring(instructions('### Neovim 0.7 to 0.10'), 'docs/editors.md'))()

  step('an article is opened, and its findings appear')
  vim.cmd('edit ' .. vim.fn.fnameescape(folder .. '/nerve pain.md'))
  equal(vim.bo.filetype, 'markdown', 'the type of the article')
  wait_for_codes('dose/start', 'notation/trailing-zero')
  local dose = find('dose/start')
  equal(dose.severity, vim.diagnostic.severity.ERROR, 'the severity')
  equal(dose.source, 'clinlint', 'the source')
  equal({ dose.lnum, dose.col }, { 2, line(3):find('50 mg', 1, true) - 1 }, 'the place, behind a letter of two units')
  local related = dose.user_data.lsp.relatedInformation
  equal(#related, 1, 'the number of other passages')
  equal(related[1].location.uri, vim.uri_from_fname(folder .. '/monograph.md'), 'the article of the other passage')

  step('the whole finding is shown')
  go_to('50 mg')
  type_keys('<Space>f')
  wait('the finding', float)
  local whole = table.concat(float(), '\n')
  if not whole:find('starting doses of amitriptyline differ: 10 mg a day vs 50 mg a day', 1, true) then
    fail('the finding is not shown:\n%s', whole)
  end
  close_floats()

  step('hovering tells what contradicts it')
  go_to('50 mg')
  type_keys('K')
  wait('a hover', float)
  local hover = table.concat(float(), '\n')
  for _, words in ipairs({ 'amitriptyline: 50 mg', 'Contradicted by', '10 mg', 'monograph.md:3', '(reference)' }) do
    if not hover:find(words, 1, true) then
      fail('the hover does not say "%s":\n%s', words, hover)
    end
  end
  close_floats()

  step('the definition is in the other article')
  go_to('50 mg')
  type_keys('gd')
  wait('the other article', function()
    return vim.fn.expand('%:t') == 'monograph.md'
  end, function()
    return vim.fn.expand('%')
  end)
  equal(vim.api.nvim_win_get_cursor(0), { 3, line(3):find('10 mg', 1, true) - 1 }, 'the place of the definition')

  step('text that is not saved counts, in another article as well')
  wait_for_codes('dose/start')
  equal(found()[1].severity, vim.diagnostic.severity.INFO, 'the severity in a reference')
  go_to('10 mg')
  type_keys('cw50<Esc>')
  wait_for_codes()
  type_keys('u')
  wait_for_codes('dose/start')

  step('a finding is kept with a reason')
  vim.cmd('buffer nerve')
  local original = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  go_to('50 mg')
  act('Keep this dose/start')
  go_to('--  -->')
  type_keys('2lianother product<Esc>')
  wait_for_codes('notation/trailing-zero')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, original)
  wait_for_codes('dose/start', 'notation/trailing-zero')

  step('a notation is mended')
  go_to('5.0 mg')
  act('Write `5`')
  equal(line(5), 'Start warfarin at 5 mg once daily.', 'the mended line')
  wait_for_codes('dose/start')

  step('the amount of the reference is adopted')
  go_to('50 mg')
  act('Use 10 mg as in monograph.md')
  wait_for_codes()

  step('the article is saved as expected')
  vim.cmd('write')
  local expected = vim.deepcopy(original)
  expected[3] = expected[3]:gsub('50 mg', '10 mg')
  expected[5] = expected[5]:gsub('5%.0', '5')
  equal(vim.fn.readfile(folder .. '/nerve pain.md'), expected, 'the saved article')
  wait_for_codes()

  step('the server ends with the session')
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  wait('the end of the server', function()
    return vim.tbl_isempty(vim.lsp.get_active_clients())
  end, vim.lsp.get_active_clients)
end

local succeeded, message = xpcall(session, function(error)
  return type(error) == 'string' and error or debug.traceback(vim.inspect(error))
end)
if succeeded then
  io.stdout:write('\nthe session went as expected\n')
  vim.cmd('qall!')
end
io.stderr:write('\nFAILED: ', message, '\n')
local log = vim.lsp.get_log_path()
if vim.fn.filereadable(log) == 1 then
  io.stderr:write('The log of Neovim, ', log, ':\n', table.concat(vim.fn.readfile(log, '', -30), '\n'), '\n')
end
vim.cmd('cquit 1')
