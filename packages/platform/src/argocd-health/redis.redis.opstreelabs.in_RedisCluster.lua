-- Health of a RedisCluster by status.state, which the redis-operator sets: Initializing, Bootstrap, Ready, and states of resizing.
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
