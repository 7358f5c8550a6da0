#!/usr/bin/env bash
# Exports what netkb can use of Azure API Management and its networks, and only reads (role Reader;
# effective routes and rules need more: Network Contributor, or a role of your own with these actions).
# Printed by: netkb export-script --az

out='export'
subscriptions=()
management_groups=()
resource_group=''
service=''
each_subscription=no
types='microsoft.apimanagement/service microsoft.apimanagement/gateways microsoft.network/virtualnetworks microsoft.network/networksecuritygroups microsoft.network/routetables microsoft.network/publicipaddresses microsoft.network/networkinterfaces microsoft.network/privateendpoints microsoft.network/azurefirewalls microsoft.network/firewallpolicies microsoft.network/ipgroups microsoft.network/privatednszones'
one_by_one='microsoft.network/virtualnetworkgateways microsoft.network/localnetworkgateways microsoft.network/connections'

# Everything comes from Azure Resource Manager, subscription by subscription; no extension is needed.

# below SUBSCRIPTION: where resources are listed.
below() { printf '/subscriptions/%s%s' "$1" "${resource_group:+/resourceGroups/$resource_group}"; }

ids_of() { column "ids of $1" "$(below "$2")/providers/$1?api-version=$(version_of "$1")" "value[].id"; }

version_of() {
    case $1 in
    *privatednszones) printf '2020-06-01' ;;
    *) printf '%s' "$api" ;;
    esac
}

# ids TYPE: in all subscriptions.
ids() {
    local one
    found=''
    for one in ${subscriptions[@]+"${subscriptions[@]}"}; do
        ids_of "$1" "$one"
    done
}

# name_subscriptions: those that were named, those below the management groups, or all that the login sees.
name_subscriptions() {
    local group line of="${of:+$of $types $one_by_one}"
    found=''
    if [ $((${#subscriptions[@]} + ${#management_groups[@]})) -eq 0 ]; then
        texts 'the subscriptions that the login sees' account list --query "[?state=='Enabled'].id" &&
            found=$(cat -- "$work/texts")
    fi
    for group in ${management_groups[@]+"${management_groups[@]}"}; do
        column "the subscriptions below management group $group" \
            "/providers/Microsoft.Management/managementGroups/$group/descendants?api-version=2020-05-01" \
            "value[?type=='/subscriptions' || type=='Microsoft.Management/managementGroups/subscriptions'].name"
    done
    found=$(printf '%s\n' ${subscriptions[@]+"${subscriptions[@]}"} "$found" | once)
    management_groups=()
    subscriptions=()
    while IFS= read -r line; do
        [ -z "$line" ] || subscriptions+=("$line")
    done <<EOF
$found
EOF
    [ ${#subscriptions[@]} -gt 0 ] || wrong 'subscriptions' 'the login sees none that is enabled: az account list'
}

find_services() {
    case $service in
    /*) ;;
    *) name_subscriptions ;;
    esac
    case $service in
    /*) found=$service ;;
    '') ids microsoft.apimanagement/service ;;
    *)
        ids microsoft.apimanagement/service
        found=$(printf '%s\n' "$found" | grep -i "/$service\$")
        [ -n "$found" ] || wrong "an API Management instance with the name $service" 'there is none'
        ;;
    esac
}

# read_of TYPE: of gateways and connections what the rules read, because keys and passwords stand beside it.
read_of() {
    case $1 in
    */virtualnetworkgateways)
        printf '%s' 'gatewayType: gatewayType, vpnType: vpnType, ipConfigurations: ipConfigurations, enableBgp: enableBgp, ' \
            'bgpSettings: bgpSettings, gatewayDefaultSite: {id: gatewayDefaultSite.id}, ' \
            'vpnClientConfiguration: {vpnClientAddressPool: vpnClientConfiguration.vpnClientAddressPool}'
        ;;
    */localnetworkgateways) printf 'localNetworkAddressSpace: localNetworkAddressSpace, bgpSettings: bgpSettings' ;;
    */connections)
        printf '%s' 'connectionType: connectionType, virtualNetworkGateway1: {id: virtualNetworkGateway1.id}, ' \
            'virtualNetworkGateway2: {id: virtualNetworkGateway2.id}, localNetworkGateway2: {id: localNetworkGateway2.id}, ' \
            'peer: {id: peer.id}, enableBgp: enableBgp, connectionStatus: connectionStatus'
        ;;
    esac
}

listed() {
    local type of
    for type in $types; do
        of=$type
        # Of one instance, it was asked for itself.
        [ -n "$service" ] && [ "$type" = microsoft.apimanagement/service ] ||
            list "${type##*/}" "$type in subscription $1" "$(below "$1")/providers/$type?api-version=$(version_of "$type")"
    done
    # These are listed by resource group only, so each is asked for.
    for type in $one_by_one; do
        of=$type
        texts "$type in subscription $1" resource list --subscription "$1" ${resource_group:+--resource-group "$resource_group"} \
            --resource-type "$type" --query '[].id' || continue
        found=$(cat -- "$work/texts")
        each show "${type##*/}" "a resource of type $type" "$api" \
            "{id: id, name: name, type: type, location: location, properties: properties.{$(read_of "$type")}}"
    done
}

rule_groups() {
    local of=microsoft.network/firewallpolicies/rulecollectiongroups
    list firewall-rules "rules of firewall policy $1" "$1/ruleCollectionGroups?api-version=$api"
}

zone_links() {
    local of=microsoft.network/privatednszones/virtualnetworklinks
    list dns-links "links of private DNS zone $1" "$1/virtualNetworkLinks?api-version=2020-06-01"
}

resources() {
    local one
    for one in ${subscriptions[@]+"${subscriptions[@]}"}; do
        listed "$one"
    done
    local of=microsoft.network/firewallpolicies/rulecollectiongroups
    ids microsoft.network/firewallpolicies
    each rule_groups
    of=microsoft.network/privatednszones/virtualnetworklinks
    ids microsoft.network/privatednszones
    each zone_links
}

set -u
set -o pipefail
umask 077
# Git Bash would take the path of an address for one of Windows.
export MSYS_NO_PATHCONV=1

command -v az >/dev/null 2>&1 || {
    printf 'az is not on the PATH; install the Azure CLI and log in with: az login\n' >&2
    exit 2
}
work=$(mktemp -d) || exit 2
trap 'rm -rf -- "$work"' EXIT
newline='
'
dir=$out
number=0
written=no
found=''
lacking=no
api=2024-05-01

# The types that an answer is about: where it does not come, they are marked as not completely exported.
of=''
service_type=microsoft.apimanagement/service
instance_types="$service_type/apis $service_type/backends $service_type/gateways $service_type/caches $service_type/loggers
    $service_type/identityproviders $service_type/authorizationproviders $service_type/namedvalues $service_type/workspaces/apis
    $service_type/workspaces/backends $service_type/policies $service_type/apis/policies $service_type/apis/operations/policies
    $service_type/products/policies $service_type/networkstatus"
zone_type=microsoft.network/privatednszones
record_types="$zone_type/a $zone_type/aaaa $zone_type/cname $zone_type/mx $zone_type/ptr $zone_type/soa $zone_type/srv $zone_type/txt"
admin_type=microsoft.network/virtualnetworks/effectivesecurityadminrules

say() { printf '%s\n' "$*" >&2; }

# lost WHAT: says that something is missing from the export; the rest goes on.
lost() {
    # A tier that does not have a thing has none of it.
    if grep -q 'MethodNotAllowedInPricingTier' "$work/error"; then
        return 0
    fi
    {
        printf 'missing: %s\n' "$1"
        grep -v '^[[:space:]]*$' "$work/error" | tail -n 3 | sed 's/^/    /'
    } >>"$dir/export-problems.txt"
    say "missing: $1"
    lacking=yes
    [ -z "$of" ] || incomplete
}

# incomplete: a list without entries that says that there are more of the types in $of.
incomplete() {
    number=$((number + 1))
    # shellcheck disable=SC2086
    printf '"%s"\n' $of | paste -sd , - |
        sed 's/.*/{"value": [], "resultTruncated": true, "resourceTypes": [&]}/' >"$dir/netkb-$(printf '%04d' "$number")-incomplete.json"
}

# wrong WHAT WHY: notes an answer that came and is of no use.
wrong() {
    printf '%s\n' "$2" >"$work/error"
    lost "$1"
    return 1
}

# ask WHAT ARGUMENT...: the answer of az is in $work/page.
ask() {
    local what="$1"
    shift
    if az "$@" --only-show-errors --output json </dev/null 2>"$work/error" | tr -d '\r' >"$work/page" && [ -s "$work/page" ]; then
        case $(head -c 1 "$work/page") in
        '{' | '[') return 0 ;;
        esac
        wrong "$what" "the CLI answered with what is no JSON: $(head -n 1 "$work/page" | cut -c 1-200)"
        return 1
    fi
    lost "$what"
    return 1
}

# fresh WHAT TOKEN: whether the token of the next page was not there before (in $seen), so that there is an end.
fresh() {
    case "$newline$seen$newline" in
    *"$newline$2$newline"*)
        wrong "$1" "the CLI names the same next page twice: $(printf '%s' "$2" | cut -c 1-200)"
        return 1
        ;;
    esac
    seen="$seen$newline$2"
}

# texts WHAT ARGUMENT...: the answer of az is in $work/texts, one text a line.
texts() {
    local what="$1"
    shift
    if az "$@" --only-show-errors --output tsv </dev/null 2>"$work/error" | tr -d '\r' >"$work/texts"; then
        return 0
    fi
    lost "$what"
    return 1
}

# member NAME: a text at the top of the answer; empty where there is none.
member() { sed -n -E 's/^  "'"$1"'": "(.*)",?$/\1/p' "$work/page" | head -n 1; }

# json TEXT: the text as it stands between the quotes of JSON.
json() { printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'; }

# keep LABEL [KEY ID]: puts the answer into the file $kept; KEY and ID say whose it is where the answer does not.
# The file says that there is a next page until that is there: see followed.
keep() {
    local file
    number=$((number + 1))
    file="$dir/netkb-$(printf '%04d' "$number")-$1.json"
    # What Azure tells of connections and gateways to whoever may read them.
    # And the number of rows in all pages: a page that did not come leaves a marker.
    sed -E -e 's/"(sharedKey|authorizationKey|radiusServerSecret)": *"([^"\\]|\\.)*"/"\1": null/g' \
        -e 's/^  "(total_records|totalRecords)": [0-9]+(,?)$/  "\1": null\2/' "$work/page" >"$work/whole"
    if [ $# -eq 1 ]; then
        cat -- "$work/whole" >"$file"
    elif [ "$(head -n 1 "$work/whole")" = '{' ]; then
        { printf '{\n  "%s": "%s",\n' "$2" "$(json "$3")"; tail -n +2 "$work/whole"; } >"$file"
    else
        { printf '{\n  "%s": "%s",\n  "value": ' "$2" "$(json "$3")"; cat -- "$work/whole"; printf '}\n'; } >"$file"
    fi
    kept=$file
    written=yes
}

# followed FILE: the page after the one in FILE is there, so that FILE does not stand for a part any more.
followed() {
    [ -n "$1" ] || return 0
    sed -E 's/^  "(nextLink|skip_token|skipToken)": ".*"(,?)$/  "\1": null\2/' "$1" >"$work/whole"
    cat -- "$work/whole" >"$1"
}

# show LABEL WHAT VERSION QUERY ID: one resource.
show() {
    ask "$2 $5" rest --method get --url "$5?api-version=$3" --query "$4" && keep "$1"
}

# list LABEL WHAT URL [QUERY]: all pages of a list; QUERY keeps nextLink.
list() {
    local label="$1" what="$2" url="$3" query="${4:-@}" seen='' before=''
    while [ -n "$url" ]; do
        fresh "$what" "$url" || return 1
        ask "$what" rest --method get --url "$url" --query "$query" || return 1
        followed "$before"
        url=$(member nextLink)
        keep "$label"
        before=$kept
    done
}

# fields FIELDS: the query that keeps of every entry what the rules read, and no secrets.
fields() { printf '{nextLink: nextLink, value: value[].{id: id, name: name, type: type, properties: {%s}}}' "$1"; }

# column WHAT URL QUERY: adds the texts that QUERY selects of all pages to $found.
column() {
    local what="$1" url="$2" query="$3" seen=''
    while [ -n "$url" ]; do
        fresh "$what" "$url" || return 1
        texts "$what" rest --method get --url "$url" --query "[[nextLink || '-'], $query][]" || return 1
        url=$(head -n 1 "$work/texts")
        case $url in
        '-') url='' ;;
        https://*) ;;
        *)
            wrong "$what" "the CLI answered with what is no list: $(printf '%s' "$url" | cut -c 1-200)"
            return 1
            ;;
        esac
        found="$found$(tail -n +2 "$work/texts")$newline"
    done
}

# each COMMAND...: runs the command for every line of $found, with the line as last argument.
each() {
    local line
    while IFS= read -r line; do
        [ -z "$line" ] || "$@" "$line"
    done <<EOF
$found
EOF
}

# once: every line of the input once, whatever its letter case.
once() { awk 'NF && !seen[tolower($0)]++'; }

subscription_of() { awk -F / 'NF > 2 { print $3 }'; }

# place ID: where an instance or a workspace gateway lies.
place() {
    texts "where $1 lies" rest --method get --url "$1?api-version=$api" --query \
        '[location, properties.virtualNetworkConfiguration.subnetResourceId, properties.additionalLocations[].virtualNetworkConfiguration.subnetResourceId, properties.backend.subnet.id][]' ||
        return 1
    [ -n "$region" ] || region=$(head -n 1 "$work/texts" | tr -d ' ' | tr '[:upper:]' '[:lower:]')
    places="$places$1$newline"
    if grep -qi '^/subscriptions/' "$work/texts"; then
        connected="$connected$1$newline"
        places="$places$(grep -i '^/subscriptions/' "$work/texts")$newline"
        subnets="$subnets$(grep -i '^/subscriptions/' "$work/texts")$newline"
    fi
}

peers() {
    texts "the peerings of $1" rest --method get --url "$1?api-version=$api" \
        --query 'properties.virtualNetworkPeerings[].properties.remoteVirtualNetwork.id' || return 1
    places="$places$(cat -- "$work/texts")$newline"
}

# The networks of the subnets.
find_networks() {
    networks=$(printf '%s\n' "$subnets" | sed -E 's#/[sS][uU][bB][nN][eE][tT][sS]/[^/]*$##' | once)
}

# narrow: of one instance, all of the subscriptions in which it, its networks and their peers lie.
narrow() {
    local of=microsoft.network/virtualnetworks
    found=$networks
    each peers
    subscriptions=()
    management_groups=()
    resource_group=''
    while IFS= read -r line; do
        [ -z "$line" ] || subscriptions+=("$line")
    done <<EOF
$(printf '%s\n' "$places" | subscription_of | once)
EOF
    found=$services
    of="$service_type $instance_types"
    each show service 'the instance' "$api" '@'
}

# policies WHAT URL: only whether a policy limits rates.
policies() {
    list policies "$1" "$2" "$(fields "value: contains(properties.value || '', '<rate-limit') && '<rate-limit/>' || ''")" || return 1
    ! grep -q '<rate-limit' "$work/page" || limited=yes
}

operation_policies() {
    [ -n "$limited" ] || policies "policies of operation $1" "$1/policies?api-version=$api"
}

api_policies() {
    [ -z "$limited" ] || return 0
    policies "policies of API $1" "$1/policies?api-version=$api"
    [ -z "$limited" ] || return 0
    found=''
    column "operations of API $1" "$1/operations?api-version=$api" 'value[].id' && each operation_policies
}

product_policies() {
    [ -n "$limited" ] || policies "policies of product $1" "$1/policies?api-version=$api"
}

workspace() {
    list apis "APIs of workspace $1" "$1/apis?api-version=$api" "$(fields 'serviceUrl: properties.serviceUrl')"
    list backends "backends of workspace $1" "$1/backends?api-version=$api" "$(fields 'url: properties.url')"
}

status() {
    local of="$service_type/networkstatus"
    ask "network status of $1" rest --method get --url "$1/networkstatus?api-version=$api" &&
        keep network-status serviceId "$1"
}

# instance ID: what an instance is made of.
instance() {
    local limited='' of="$instance_types"
    say "  $1"
    list apis "APIs of $1" "$1/apis?api-version=$api" "$(fields 'serviceUrl: properties.serviceUrl')"
    list backends "backends of $1" "$1/backends?api-version=$api" "$(fields 'url: properties.url')"
    list gateways "self-hosted gateways of $1" "$1/gateways?api-version=$api" "$(fields 'locationData: properties.locationData')"
    list caches "caches of $1" "$1/caches?api-version=$api" "$(fields 'useFromLocation: properties.useFromLocation')"
    list loggers "loggers of $1" "$1/loggers?api-version=$api" "$(fields 'loggerType: properties.loggerType')"
    list identity-providers "identity providers of $1" "$1/identityProviders?api-version=$api" "$(fields 'type: properties.type')"
    list credential-providers "credential providers of $1" "$1/authorizationProviders?api-version=$api" \
        "$(fields 'identityProvider: properties.identityProvider')"
    list named-values "named values of $1" "$1/namedValues?api-version=$api" "$(fields 'keyVault: properties.keyVault')"
    found=''
    column "workspaces of $1" "$1/workspaces?api-version=$api" 'value[].id' && each workspace
    policies "policies of $1" "$1/policies?api-version=$api"
    found=''
    column "products of $1" "$1/products?api-version=$api" 'value[].id' && each product_policies
    found=''
    column "APIs of $1" "$1/apis?api-version=$api" 'value[].id' && each api_policies
}

links() {
    local of=microsoft.apimanagement/gateways/configconnections
    list workspace-links "workspaces of gateway $1" "$1/configConnections?api-version=$api"
}

records() {
    local of="$record_types"
    list dns-records "records of private DNS zone $1" "$1/ALL?api-version=2020-06-01"
}

# A list that Azure computes; asking for it is a POST and changes nothing.
admin_rules() {
    local token='' seen='' before='' body of="$admin_type"
    while :; do
        body='{}'
        [ -z "$token" ] || body='{"skipToken": "'"$(json "$token")"'"}'
        ask "security admin rules of $1" rest --method post \
            --url "$1/listNetworkManagerEffectiveSecurityAdminRules?api-version=$api" --body "$body" || return 1
        followed "$before"
        token=$(member skipToken)
        keep admin-rules virtualNetworkId "$1"
        before=$kept
        [ -n "$token" ] || return 0
        fresh "security admin rules of $1" "$token" || return 1
    done
}

effective_of() {
    [ -z "$answered" ] || return 0
    asked=yes
    az network nic show-effective-route-table --ids "$1" --only-show-errors --output json \
        </dev/null 2>"$work/error" | tr -d '\r' >"$work/page" || return 1
    keep effective-routes networkInterfaceId "$1"
    answered=yes
    ask "effective security rules of $1" network nic list-effective-nsg --ids "$1" && keep effective-rules
}

# effective SUBNET: by the first network interface there that answers; only one of a running machine does.
effective() {
    local asked='' answered=''
    texts "network interfaces in $1" rest --method get --url "$1?api-version=$api" \
        --query 'properties.ipConfigurations[].id' || return 1
    found=$(grep -i "^/subscriptions/$(printf '%s\n' "$1" | subscription_of)/.*/networkInterfaces/" "$work/texts" |
        grep -vi '/virtualMachineScaleSets/' | sed -E 's#/ipConfigurations/[^/]*$##' | once)
    each effective_of
    [ -z "$asked" ] || [ -n "$answered" ] ||
        lost "effective routes in $1, because no network interface there answers (start a virtual machine there)"
}

subscription() {
    local of=microsoft.authorization/locks
    list locks "locks in subscription $1" "/subscriptions/$1/providers/Microsoft.Authorization/locks?api-version=2016-09-01"
    of=microsoft.resources/providers
    ask "registration of Microsoft.Web in subscription $1" provider show --namespace Microsoft.Web --subscription "$1" \
        --query '{id: id, namespace: namespace, registrationState: registrationState}' && keep provider
}

tags() {
    ask "service tags of $region" network list-service-tags --location "$region" --subscription "$1" && keep service-tags
}

# one_export: everything of one snapshot, into $dir.
one_export() {
    local services='' connected='' instances='' gateways='' places='' subnets='' networks='' region=''
    mkdir -p -- "$dir" || exit 2
    rm -f -- "$dir"/netkb-[0-9]*.json "$dir/export-problems.txt"
    number=0
    written=no
    say "exporting to $dir"
    of="$instance_types $admin_type"
    find_services
    services=$(printf '%s\n' "$found" | once)
    found=$services
    each place
    of=''
    instances=$connected
    find_networks
    [ -z "$service" ] || [ -z "$services" ] || narrow

    say '  resources'
    resources
    found=$services
    each instance

    of="microsoft.apimanagement/gateways/configconnections $admin_type"
    ids microsoft.apimanagement/gateways
    gateways=$(printf '%s\n' "$found" | once)
    found=$gateways
    each place
    found=$gateways
    each links
    find_networks
    of=$record_types
    ids microsoft.network/privatednszones
    of=''
    each records
    subnets=$(printf '%s\n' "$subnets" | once)

    found=$instances
    each status
    found=$networks
    each admin_rules
    found=$subnets
    each effective
    found=$(printf '%s\n' "$places" | subscription_of | once)
    each subscription
    found=$(printf '%s\n' "$found" | head -n 1)
    [ -z "$region" ] || each tags
    [ "$written" = yes ] || wrong 'everything' 'no answer could be written; does the login see these subscriptions?'
}

mkdir -p -- "$out" || exit 2
: >"$work/error"
if [ "$each_subscription" = yes ]; then
    # A subscription without an instance is no snapshot.
    rm -f -- "$out/export-problems.txt"
    any=no
    find_services
    with=$found
    ids microsoft.apimanagement/gateways
    with=$(printf '%s\n' "$with" "$found" | subscription_of | once)
    management_groups=()
    while IFS= read -r one; do
        [ -n "$one" ] || continue
        subscriptions=("$one")
        dir="$out/$one"
        one_export
        [ "$written" = no ] || any=yes
    done <<EOF
$with
EOF
    written=$any
    dir=$out
    [ -n "$with" ] || wrong 'everything' 'no subscription that the login sees has an API Management instance'
else
    one_export
fi

if [ "$written" = no ]; then
    say 'nothing was exported: export-problems.txt says why.'
    exit 1
fi
[ "$lacking" = no ] || say 'something is missing: export-problems.txt says what. The rest is good.'
if [ "$each_subscription" = yes ]; then
    say "next: ./netkb check --each $(printf '%q' "$out")"
else
    say "next: ./netkb check $(printf '%q' "$out")"
fi
[ "$lacking" = no ]
