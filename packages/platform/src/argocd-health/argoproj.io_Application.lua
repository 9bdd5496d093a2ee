-- Health of an Application. Without this check, Argo CD treats every Application as healthy, and sync waves of Applications don't wait.
-- An Application is healthy when it is synced, its last sync succeeded, and its objects are healthy.
local hs = { status = "Progressing", message = "Waiting for the first sync" }
local status = obj.status
if status == nil then
  return hs
end

local sync = (status.sync and status.sync.status) or "Unknown"
local operation = status.operationState or {}

if operation.phase == "Failed" or operation.phase == "Error" then
  -- The result of a failed sync remains until the next sync. There is no next sync if the cluster already equals a newer commit.
  local tried = operation.syncResult and operation.syncResult.revision
  if sync ~= "Synced" or tried == status.sync.revision then
    hs.status = "Degraded"
    hs.message = "The last sync failed: " .. (operation.message or "no reason given")
    return hs
  end
end

if operation.phase == "Running" and (operation.retryCount or 0) > 0 then
  hs.status = "Degraded"
  hs.message = "The sync failed and is retried: " .. (operation.message or "no reason given")
  return hs
end

if sync == "Unknown" then
  -- Argo CD can't compare, because it can't read the repository or the API server rejects a manifest. It sets a condition and starts no sync.
  local reasons = { ComparisonError = true, InvalidSpecError = true, UnknownError = true }
  for _, condition in ipairs(status.conditions or {}) do
    if reasons[condition.type] then
      hs.status = "Degraded"
      hs.message = condition.type .. ": " .. condition.message
      return hs
    end
  end
end

if sync ~= "Synced" or operation.phase == "Running" then
  hs.message = "Not synced yet (" .. sync .. ")"
  return hs
end

local health = status.health and status.health.status
if health ~= nil then
  hs.status = health
  hs.message = status.health.message or ""
end
return hs
