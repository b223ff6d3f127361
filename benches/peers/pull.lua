-- Asks for a page of features in a box by chance. The path stands in ITEMS, the frame in BBOX, which part of the frame's
-- width and height a box has in PART.

local path = os.getenv("ITEMS")
local west, south, east, north = os.getenv("BBOX"):match("([^,]+),([^,]+),([^,]+),([^,]+)")
local part = tonumber(os.getenv("PART"))
local width, height = (east - west) / part, (north - south) / part

function init()
    math.randomseed(1)
end

function request()
    local x = west + math.random() * (east - west - width)
    local y = south + math.random() * (north - south - height)
    local box = string.format("%.6f,%.6f,%.6f,%.6f", x, y, x + width, y + height)
    return wrk.format("GET", path .. "?f=geojson&limit=100&bbox=" .. box)
end
