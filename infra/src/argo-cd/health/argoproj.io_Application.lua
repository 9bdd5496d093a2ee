-- Without this, a wave across Applications doesn't wait: Argo CD takes every Application for healthy at once.
-- An Application counts once its own objects are as Git says, its last sync ended well, and they are healthy.
local hs = { status = "Progressing", message = "Waiting for the first sync" }
local status = obj.status
if status == nil then
  return hs
end

local phase = status.operationState and status.operationState.phase
if phase == "Failed" or phase == "Error" then
  hs.status = "Degraded"
  hs.message = "The last sync failed: " .. (status.operationState.message or "no reason given")
  return hs
end

local sync = status.sync and status.sync.status
if sync ~= "Synced" or phase == "Running" then
  hs.message = "Not synced yet (" .. (sync or "unknown") .. ")"
  return hs
end

local health = status.health and status.health.status
if health ~= nil then
  hs.status = health
  hs.message = status.health.message or ""
end
return hs
