-- No two addresses are alike, so that no request shares the query of another.
local asked = 0
request = function()
  asked = asked + 1
  return wrk.format("GET", wrk.path .. "?asked=" .. asked)
end
