-- Health of a SandboxWarmPool: it is healthy when its number of ready sandboxes is at least the requested one.
local hs = { status = "Progressing", message = "Waiting for the controller" }
local wanted = (obj.spec and obj.spec.replicas) or 0
if obj.status == nil then
  return hs
end
-- The controller omits a count of zero.
local ready = obj.status.readyReplicas or 0
hs.message = ready .. " of " .. wanted .. " sandboxes are ready"
if ready >= wanted then
  hs.status = "Healthy"
end
return hs
