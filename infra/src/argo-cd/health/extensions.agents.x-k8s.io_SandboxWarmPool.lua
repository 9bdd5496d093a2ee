-- agent-sandbox's controller counts the sandboxes that stand ready; the pool is healthy when it has as many as were asked for.
local hs = { status = "Progressing", message = "Waiting for the controller" }
local wanted = (obj.spec and obj.spec.replicas) or 0
if obj.status == nil then
  return hs
end
-- A controller written in Go leaves out a count of zero.
local ready = obj.status.readyReplicas or 0
hs.message = ready .. " of " .. wanted .. " sandboxes are ready"
if ready >= wanted then
  hs.status = "Healthy"
end
return hs
