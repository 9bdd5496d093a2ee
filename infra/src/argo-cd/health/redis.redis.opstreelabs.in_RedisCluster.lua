-- The redis-operator says in status.state how far a cluster is: Initializing, Bootstrap, Ready, and the ways of changing its size.
local hs = { status = "Progressing", message = "Waiting for the operator" }
local state = obj.status and obj.status.state
if state == nil then
  return hs
end
hs.message = obj.status.reason or state
if state == "Ready" then
  hs.status = "Healthy"
end
return hs
