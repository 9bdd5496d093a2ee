-- Health of CloudNativePG's Pooler: it is healthy when its number of running instances is at least the requested one.
local hs = { status = "Progressing", message = "Waiting for the operator" }
local wanted = (obj.spec and obj.spec.instances) or 1
local running = obj.status and obj.status.instances
if running == nil then
  return hs
end
hs.message = running .. " of " .. wanted .. " instances run"
if running >= wanted then
  hs.status = "Healthy"
end
return hs
