-- Asks for the neighbours of a khoroo by chance, 1 to 50 of them. The codes stand in CODES, what is asked besides in QUESTION.

local codes = {}
for code in os.getenv("CODES"):gmatch("%S+") do codes[#codes + 1] = code end
local question = os.getenv("QUESTION")

function init()
    math.randomseed(1)
end

function request()
    local code = codes[math.random(#codes)]
    return wrk.format("GET", "/api/v1/khoroos/" .. code .. "/neighbours?" .. question .. "&limit=" .. math.random(50))
end
