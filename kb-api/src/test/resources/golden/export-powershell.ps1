#requires -Version 5.1
#requires -Modules Az.Accounts, Az.ResourceGraph
# Exports what netkb can use of Azure API Management and its networks, and only reads (role Reader;
# effective routes and rules need more: Network Contributor, or a role of your own with these actions).
# Printed by: netkb export-script --powershell

$out = 'export'
$subscriptions = @()
$managementGroups = @()
$resourceGroup = ''
$service = ''
$eachSubscription = $false
$types = @('microsoft.apimanagement/service', 'microsoft.apimanagement/gateways', 'microsoft.network/virtualnetworks', 'microsoft.network/networksecuritygroups', 'microsoft.network/routetables', 'microsoft.network/publicipaddresses', 'microsoft.network/networkinterfaces', 'microsoft.network/privateendpoints', 'microsoft.network/azurefirewalls', 'microsoft.network/firewallpolicies', 'microsoft.network/ipgroups', 'microsoft.network/privatednszones', 'microsoft.network/virtualnetworkgateways', 'microsoft.network/localnetworkgateways', 'microsoft.network/connections', 'microsoft.network/firewallpolicies/rulecollectiongroups', 'microsoft.network/privatednszones/virtualnetworklinks')
$columns = "project id, name, type, location, resourceGroup, subscriptionId, sku, zones, properties = case(type =~ 'microsoft.network/virtualnetworkgateways', bag_pack('gatewayType', properties.gatewayType, 'vpnType', properties.vpnType, 'ipConfigurations', properties.ipConfigurations, 'enableBgp', properties.enableBgp, 'bgpSettings', properties.bgpSettings, 'gatewayDefaultSite', bag_pack('id', properties.gatewayDefaultSite.id), 'vpnClientConfiguration', bag_pack('vpnClientAddressPool', properties.vpnClientConfiguration.vpnClientAddressPool)), type =~ 'microsoft.network/localnetworkgateways', bag_pack('localNetworkAddressSpace', properties.localNetworkAddressSpace, 'bgpSettings', properties.bgpSettings), type =~ 'microsoft.network/connections', bag_pack('connectionType', properties.connectionType, 'enableBgp', properties.enableBgp, 'connectionStatus', properties.connectionStatus, 'virtualNetworkGateway1', bag_pack('id', properties.virtualNetworkGateway1.id), 'virtualNetworkGateway2', bag_pack('id', properties.virtualNetworkGateway2.id), 'localNetworkGateway2', bag_pack('id', properties.localNetworkGateway2.id), 'peer', bag_pack('id', properties.peer.id)), properties)"

$ErrorActionPreference = 'Stop'
$api = '2024-05-01'
$script:number = 0
$script:folder = $out
$script:limited = $false
$script:lacking = $false
$script:written = $false
# The types that an answer is about: where it does not come, they are marked as not completely exported.
$of = @()
$serviceType = 'microsoft.apimanagement/service'
$instanceTypes = @('apis', 'backends', 'gateways', 'caches', 'loggers', 'identityproviders', 'authorizationproviders', 'namedvalues',
    'workspaces/apis', 'workspaces/backends', 'policies', 'apis/policies', 'apis/operations/policies', 'products/policies',
    'networkstatus') | ForEach-Object { "$serviceType/$_" }
$recordTypes = @('a', 'aaaa', 'cname', 'mx', 'ptr', 'soa', 'srv', 'txt') | ForEach-Object { "microsoft.network/privatednszones/$_" }
$adminType = 'microsoft.network/virtualnetworks/effectivesecurityadminrules'

function Write-Missing([string] $what, [string] $why) {
    # A tier that does not have a thing has none of it.
    if ($why -match 'MethodNotAllowedInPricingTier') { return }
    Add-Content -LiteralPath (Join-Path $script:folder 'export-problems.txt') -Encoding utf8 -Value "missing: $what", "    $why"
    Write-Warning "missing: $what"
    $script:lacking = $true
    # A list without entries that says that there are more of these types.
    if (@($of).Count -gt 0) {
        Save-Document 'incomplete' ([ordered]@{ value = @(); resultTruncated = $true; resourceTypes = @($of) })
    }
}

# Writes the entries of a list into a file of its own; $whose says whose they are where they do not.
function Save-Entries([string] $label, [object[]] $entries, [System.Collections.IDictionary] $whose = @{}) {
    $document = [ordered]@{}
    foreach ($key in $whose.Keys) { $document[$key] = $whose[$key] }
    $document['value'] = @($entries)
    Save-Document $label $document
    $script:written = $true
}

function Save-Document([string] $label, [System.Collections.IDictionary] $document) {
    $script:number++
    $file = Join-Path $script:folder ('netkb-{0:d4}-{1}.json' -f $script:number, $label)
    $json = ConvertTo-Json -InputObject $document -Depth 100
    # What Azure tells of connections and gateways to whoever may read them.
    $json = $json -replace '"(sharedKey|authorizationKey|radiusServerSecret)":\s*"(?:[^"\\]|\\.)*"', '"$1": null'
    $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($file)
    [IO.File]::WriteAllText($full, $json + "`n")
}

# The parsed answer to one question; null where there is none, which is noted.
function Get-Answer([string] $what, [string] $url) {
    $to = if ($url.StartsWith('/')) { @{ Path = $url } } else { @{ Uri = $url } }
    try { $answer = Invoke-AzRestMethod -Method GET @to }
    catch { Write-Missing $what "$_"; return $null }
    if ($answer.StatusCode -ne 200) { Write-Missing $what "$($answer.StatusCode) $($answer.Content)"; return $null }
    try { ConvertFrom-Json -InputObject $answer.Content }
    catch { Write-Missing $what "the answer is no JSON: $_"; return $null }
}

# The entries on all pages of a list; null where it could not be read.
function Get-Entries([string] $what, [string] $url) {
    $entries = New-Object System.Collections.ArrayList
    $seen = @()
    while ($url) {
        if ($seen -contains $url) { Write-Missing $what "the same next page is named twice: $url"; return $null }
        $seen += $url
        $page = Get-Answer $what $url
        if ($null -eq $page) { return $null }
        foreach ($entry in @($page.value)) { if ($null -ne $entry) { [void] $entries.Add($entry) } }
        $url = $page.nextLink
    }
    , $entries.ToArray()
}

function Save-List([string] $label, [string] $what, [string] $url) {
    $entries = Get-Entries $what $url
    if ($null -ne $entries) { Save-Entries $label $entries }
}

# Of every entry what the rules read, and no secrets.
function Save-Fields([string] $label, [string] $what, [string] $url, [string] $field) {
    $entries = Get-Entries $what $url
    if ($null -eq $entries) { return }
    Save-Entries $label @($entries | ForEach-Object {
        [ordered]@{ id = $_.id; name = $_.name; type = $_.type; properties = @{ $field = $_.properties.$field } }
    })
}

function Get-Ids([string] $what, [string] $url) {
    $entries = Get-Entries $what $url
    if ($null -ne $entries) { @($entries | ForEach-Object { $_.id }) }
}

# The scopes that were asked for, as arguments of Search-AzGraph.
function Get-Scopes {
    if ($managementGroups.Count -gt 0) { @{ ManagementGroup = [string[]] $managementGroups } }
    if ($subscriptions.Count -gt 0) { @{ Subscription = [string[]] $subscriptions } }
    if ($managementGroups.Count + $subscriptions.Count -eq 0) { @{ UseTenantScope = $true } }
}

# The rows on all pages of a query of Resource Graph.
function Get-Rows([string] $what, [string] $query) {
    foreach ($scope in @(Get-Scopes)) {
        $token = $null
        $seen = @()
        do {
            $more = if ($token) { @{ SkipToken = $token } } else { @{} }
            # The rows so far are kept; what Write-Missing writes says that they are not all.
            try { $page = Search-AzGraph -Query $query -First 1000 @scope @more }
            catch { Write-Missing $what "$_"; break }
            $rows = @(if ($null -ne $page.Data) { $page.Data } else { $page })
            $rows
            $token = $page.SkipToken
            if (-not $token -and $rows.Count -ge 1000) { Write-Missing $what 'Resource Graph gave 1000 rows and names no next page' }
            if ($token -and $seen -contains $token) { Write-Missing $what 'the same next page is named twice'; break }
            $seen += $token
        } while ($token)
    }
}

function Get-GroupFilter { if ($resourceGroup) { " | where resourceGroup =~ '$resourceGroup'" } else { '' } }

function Get-RowIds([string] $type, [string] $filter = '') {
    @(Get-Rows "ids of $type" "resources | where type =~ '$type'$filter$(Get-GroupFilter) | order by id asc | project id, name" |
        ForEach-Object { $_.id })
}

function Find-Services {
    if ($service.StartsWith('/')) { return $service }
    $filter = if ($service) { " and name =~ '$service'" } else { '' }
    $found = @(Get-RowIds 'microsoft.apimanagement/service' $filter)
    if ($service -and $found.Count -eq 0) { Write-Missing "an API Management instance with the name $service" 'there is none' }
    $found
}

function Get-Place([string] $id) {
    $one = Get-Answer "where $id lies" "${id}?api-version=$api"
    if ($null -eq $one) { return }
    $of = $one.properties
    $subnets = @($of.virtualNetworkConfiguration.subnetResourceId; $of.additionalLocations | ForEach-Object {
            $_.virtualNetworkConfiguration.subnetResourceId }; $of.backend.subnet.id) | Where-Object { $_ }
    [pscustomobject]@{
        Id = $id; Resource = $one; Region = "$($one.location)".Replace(' ', '').ToLowerInvariant(); Subnets = @($subnets)
    }
}

function Get-Network([string] $subnet) { $subnet -replace '(?i)/subnets/[^/]*$', '' }

function Get-SubscriptionOf([string] $id) { $id.Split('/')[2] }

function Save-Policies([string] $what, [string] $url) {
    $entries = Get-Entries $what "$url/policies?api-version=$api"
    if ($null -eq $entries) { return }
    Save-Entries 'policies' @($entries | ForEach-Object {
        $limits = "$($_.properties.value)".Contains('<rate-limit')
        if ($limits) { $script:limited = $true }
        # Only whether a policy limits rates.
        [ordered]@{ id = $_.id; name = $_.name; type = $_.type; properties = @{ value = $(if ($limits) { '<rate-limit/>' } else { '' }) } }
    })
}

function Save-Workspace([string] $id) {
    Save-Fields 'apis' "APIs of workspace $id" "$id/apis?api-version=$api" 'serviceUrl'
    Save-Fields 'backends' "backends of workspace $id" "$id/backends?api-version=$api" 'url'
}

function Save-AllPolicies([string] $id) {
    $script:limited = $false
    Save-Policies "policies of $id" $id
    foreach ($product in @(Get-Ids "products of $id" "$id/products?api-version=$api")) {
        if ($script:limited) { return }
        Save-Policies "policies of product $product" $product
    }
    foreach ($one in @(Get-Ids "APIs of $id" "$id/apis?api-version=$api")) {
        if ($script:limited) { return }
        Save-Policies "policies of API $one" $one
        if ($script:limited) { return }
        foreach ($operation in @(Get-Ids "operations of API $one" "$one/operations?api-version=$api")) {
            if ($script:limited) { return }
            Save-Policies "policies of operation $operation" $operation
        }
    }
}

function Save-Instance([string] $id) {
    $of = $instanceTypes
    Write-Host "  $id"
    Save-Fields 'apis' "APIs of $id" "$id/apis?api-version=$api" 'serviceUrl'
    Save-Fields 'backends' "backends of $id" "$id/backends?api-version=$api" 'url'
    Save-Fields 'gateways' "self-hosted gateways of $id" "$id/gateways?api-version=$api" 'locationData'
    Save-Fields 'caches' "caches of $id" "$id/caches?api-version=$api" 'useFromLocation'
    Save-Fields 'loggers' "loggers of $id" "$id/loggers?api-version=$api" 'loggerType'
    Save-Fields 'identity-providers' "identity providers of $id" "$id/identityProviders?api-version=$api" 'type'
    Save-Fields 'credential-providers' "credential providers of $id" "$id/authorizationProviders?api-version=$api" 'identityProvider'
    Save-Fields 'named-values' "named values of $id" "$id/namedValues?api-version=$api" 'keyVault'
    foreach ($workspace in @(Get-Ids "workspaces of $id" "$id/workspaces?api-version=$api")) { Save-Workspace $workspace }
    Save-AllPolicies $id
}

function Save-Status([string] $id) {
    $of = @("$serviceType/networkstatus")
    $answer = Get-Answer "network status of $id" "$id/networkstatus?api-version=$api"
    if ($null -ne $answer) { Save-Entries 'network-status' @($answer) ([ordered]@{ serviceId = $id }) }
}

# What Azure computes: asking for it is a POST and changes nothing. A long answer is waited for.
function Get-Computed([string] $what, [string] $path, [string] $body = '{}') {
    try {
        $answer = Invoke-AzRestMethod -Method POST -Path $path -Payload $body
        $wait = 0
        while ($answer.StatusCode -eq 202 -and $wait -lt 60) {
            Start-Sleep -Seconds 5
            $wait++
            $answer = Invoke-AzRestMethod -Method GET -Uri "$($answer.Headers.Location)"
        }
    }
    catch { Write-Missing $what "$_"; return $null }
    if ($answer.StatusCode -ne 200) { Write-Missing $what "$($answer.StatusCode) $($answer.Content)"; return $null }
    try { ConvertFrom-Json -InputObject $answer.Content }
    catch { Write-Missing $what "the answer is no JSON: $_"; return $null }
}

function Save-AdminRules([string] $network) {
    $of = @($adminType)
    $body = '{}'
    $seen = @()
    do {
        $page = Get-Computed "security admin rules of $network" `
            "$network/listNetworkManagerEffectiveSecurityAdminRules?api-version=$api" $body
        if ($null -eq $page) { return }
        Save-Entries 'admin-rules' @($page.value) ([ordered]@{ virtualNetworkId = $network })
        if ($page.skipToken -and $seen -contains $page.skipToken) {
            Write-Missing "security admin rules of $network" 'the same next page is named twice'
            return
        }
        $seen += $page.skipToken
        $body = ConvertTo-Json -InputObject @{ skipToken = $page.skipToken }
    } while ($page.skipToken)
}

# By the first network interface there that answers; only one of a running machine does.
function Save-Effective([string] $subnet) {
    $one = Get-Answer "network interfaces in $subnet" "${subnet}?api-version=$api"
    if ($null -eq $one) { return }
    $own = '(?i)^/subscriptions/' + [regex]::Escape((Get-SubscriptionOf $subnet)) + '/.*/networkInterfaces/'
    $interfaces = @($one.properties.ipConfigurations | ForEach-Object { $_.id } |
        Where-Object { $_ -match $own -and $_ -notmatch '(?i)/virtualMachineScaleSets/' } |
        ForEach-Object { $_ -replace '(?i)/ipConfigurations/[^/]*$', '' } | Select-Object -Unique)
    foreach ($interface in $interfaces) {
        $routes = Get-Computed "effective routes of $interface" "$interface/effectiveRouteTable?api-version=$api"
        if ($null -eq $routes) { continue }
        Save-Entries 'effective-routes' @($routes.value) ([ordered]@{ networkInterfaceId = $interface })
        $rules = Get-Computed "effective security rules of $interface" "$interface/effectiveNetworkSecurityGroups?api-version=$api"
        if ($null -ne $rules) { Save-Entries 'effective-rules' @($rules.value) }
        return
    }
}

function Save-Subscription([string] $id) {
    $of = @('microsoft.authorization/locks')
    Save-List 'locks' "locks in subscription $id" "/subscriptions/$id/providers/Microsoft.Authorization/locks?api-version=2016-09-01"
    $of = @('microsoft.resources/providers')
    $provider = Get-Answer "registration of Microsoft.Web in subscription $id" "/subscriptions/$id/providers/Microsoft.Web?api-version=2021-04-01"
    if ($null -ne $provider) {
        Save-Entries 'provider' @([ordered]@{
            id = $provider.id; namespace = $provider.namespace; registrationState = $provider.registrationState })
    }
}

function Save-Tags([string] $subscription, [string] $region) {
    $tags = Get-Answer "service tags of $region" "/subscriptions/$subscription/providers/Microsoft.Network/locations/$region/serviceTags?api-version=$api"
    if ($null -ne $tags) { Save-Entries 'service-tags' @($tags) }
}

# What an earlier run wrote.
function Clear-Folder {
    Get-ChildItem -LiteralPath $script:folder -Filter 'netkb-*.json' | Remove-Item
    Get-ChildItem -LiteralPath $script:folder -Filter 'export-problems.txt' | Remove-Item
}

# Everything of one snapshot.
function Export-Snapshot {
    [void] (New-Item -ItemType Directory -Force -Path $script:folder)
    Clear-Folder
    $script:number = 0
    $script:written = $false
    $of = @($instanceTypes) + $adminType
    Write-Host "exporting to $script:folder"

    $services = @(Find-Services | Select-Object -Unique)
    $places = @($services | ForEach-Object { Get-Place $_ })
    $wanted = $types
    if ($service -and $services.Count -gt 0) {
        # Of one instance, all of the subscriptions in which it, its networks and their peers lie.
        $networks = @($places | ForEach-Object { $_.Subnets } | ForEach-Object { Get-Network $_ } | Select-Object -Unique)
        $peers = @(foreach ($network in $networks) {
            $one = Get-Answer "the peerings of $network" "${network}?api-version=$api"
            $one.properties.virtualNetworkPeerings | ForEach-Object { $_.properties.remoteVirtualNetwork.id } | Where-Object { $_ }
        })
        $script:subscriptions = @(@($services) + $networks + $peers | ForEach-Object { Get-SubscriptionOf $_ } | Select-Object -Unique)
        $script:managementGroups = @()
        $script:resourceGroup = ''
        $wanted = @($types | Where-Object { $_ -ne 'microsoft.apimanagement/service' })
        Save-Entries 'service' @($places | ForEach-Object { $_.Resource })
    }

    Write-Host '  resources'
    $of = $wanted
    $list = ($wanted | ForEach-Object { "'$_'" }) -join ', '
    $rows = @(Get-Rows 'resources' ("resources | where type in~ ($list)$(Get-GroupFilter) | order by id asc | $columns"))
    if ($rows.Count -gt 0 -or -not $script:lacking) { Save-Entries 'resources' $rows }
    $of = @()
    foreach ($id in $services) { Save-Instance $id }
    foreach ($place in $places) { if ($place.Subnets.Count -gt 0) { Save-Status $place.Id } }

    $of = @('microsoft.apimanagement/gateways/configconnections') + $adminType
    $gateways = @(Get-RowIds 'microsoft.apimanagement/gateways')
    $places += @($gateways | ForEach-Object { Get-Place $_ })
    foreach ($gateway in $gateways) {
        Save-List 'workspace-links' "workspaces of gateway $gateway" "$gateway/configConnections?api-version=$api"
    }
    $of = $recordTypes
    foreach ($zone in @(Get-RowIds 'microsoft.network/privatednszones')) {
        Save-List 'dns-records' "records of private DNS zone $zone" "$zone/ALL?api-version=2020-06-01"
    }
    $of = @()
    $subnets = @($places | ForEach-Object { $_.Subnets } | Select-Object -Unique)
    foreach ($network in @($subnets | ForEach-Object { Get-Network $_ } | Select-Object -Unique)) { Save-AdminRules $network }
    foreach ($subnet in $subnets) { Save-Effective $subnet }
    $holders = @(@($places | ForEach-Object { $_.Id }) + $subnets | Where-Object { $_ } | ForEach-Object { Get-SubscriptionOf $_ } |
        Select-Object -Unique)
    foreach ($holder in $holders) { Save-Subscription $holder }
    if ($holders.Count -gt 0) { Save-Tags $holders[0] $places[0].Region }
    if (-not $script:written) { Write-Missing 'everything' 'no answer could be written; does the login see these subscriptions?' }
}

[void] (New-Item -ItemType Directory -Force -Path $out)
if ($eachSubscription) {
    # A subscription without an instance is no snapshot.
    Clear-Folder
    $all = @(@(Find-Services) + @(Get-RowIds 'microsoft.apimanagement/gateways') | Where-Object { $_ } |
        ForEach-Object { Get-SubscriptionOf $_ } | Select-Object -Unique)
    $managementGroups = @()
    if ($all.Count -eq 0) { Write-Missing 'everything' 'no subscription that the login sees has an API Management instance' }
    foreach ($one in $all) {
        $subscriptions = @($one)
        $script:folder = Join-Path $out $one
        Export-Snapshot
    }
}
else { Export-Snapshot }

if ($script:lacking) { Write-Host 'something is missing: export-problems.txt says what. The rest is good.' }
$how = if ($eachSubscription) { '--each ' } else { '' }
Write-Host "next: ./netkb check $how$out"
if ($script:lacking) { exit 1 }
