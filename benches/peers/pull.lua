-- Asks for a page of features in a box by chance, a twentieth of the frame wide. The path stands in ITEMS, the frame in
-- BBOX.

local path = os.getenv("ITEMS")
local west, south, east, north = os.getenv("BBOX"):match("([^,]+),([^,]+),([^,]+),([^,]+)")
local width, height = (east - west) / 20, (north - south) / 20

function init()
    math.randomseed(1)
end

function request()
    local x = west + math.random() * (east - west - width)
    local y = south + math.random() * (north - south - height)
    local box = string.format("%.6f,%.6f,%.6f,%.6f", x, y, x + width, y + height)
    return wrk.format("GET", path .. "?f=json&limit=100&bbox=" .. box)
end
