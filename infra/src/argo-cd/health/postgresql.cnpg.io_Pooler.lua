-- CloudNativePG's Pooler reports the instances that it runs; it is healthy when it runs as many as were asked for.
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
