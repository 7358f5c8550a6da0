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
    local group line
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
        [ -n "$found" ] || : >"$work/error"
        [ -n "$found" ] || lost "an API Management instance with the name $service"
        ;;
    esac
}

listed() {
    local line type
    for type in $types; do
        # Of one instance, it was asked for itself.
        [ -n "$service" ] && [ "$type" = microsoft.apimanagement/service ] ||
            list "${type##*/}" "$type in subscription $1" "$(below "$1")/providers/$type?api-version=$(version_of "$type")"
    done
    # These are listed by resource group only, so each is asked for.
    for type in $one_by_one; do
        texts "$type in subscription $1" resource list --subscription "$1" ${resource_group:+--resource-group "$resource_group"} \
            --resource-type "$type" --query '[].id' || continue
        found=$(cat -- "$work/texts")
        each show "${type##*/}" "a resource of type $type" "$api"
    done
}

rule_groups() {
    list firewall-rules "rules of firewall policy $1" "$1/ruleCollectionGroups?api-version=$api"
}

zone_links() {
    list dns-links "links of private DNS zone $1" "$1/virtualNetworkLinks?api-version=2020-06-01"
}

resources() {
    local one
    for one in ${subscriptions[@]+"${subscriptions[@]}"}; do
        listed "$one"
    done
    ids microsoft.network/firewallpolicies
    each rule_groups
    ids microsoft.network/privatednszones
    each zone_links
}

set -u
set -o pipefail
umask 077

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
found=''
lacking=no
api=2024-05-01

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
}

# ask WHAT ARGUMENT...: the answer of az is in $work/page.
ask() {
    local what="$1"
    shift
    if az "$@" --only-show-errors --output json </dev/null 2>"$work/error" | tr -d '\r' >"$work/page" && [ -s "$work/page" ]; then
        return 0
    fi
    lost "$what"
    return 1
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

# keep LABEL [KEY ID]: puts the answer into a file of its own; KEY and ID say whose it is where the answer does not.
keep() {
    local file
    number=$((number + 1))
    file="$dir/netkb-$(printf '%04d' "$number")-$1.json"
    if [ $# -eq 1 ]; then
        cat -- "$work/page" >"$file"
    elif [ "$(head -n 1 "$work/page")" = '{' ]; then
        { printf '{\n  "%s": "%s",\n' "$2" "$(json "$3")"; tail -n +2 "$work/page"; } >"$file"
    else
        { printf '{\n  "%s": "%s",\n  "value": ' "$2" "$(json "$3")"; cat -- "$work/page"; printf '}\n'; } >"$file"
    fi
}

# whole FIRST: the files after that number hold all pages of one answer, so none of them is a part.
whole() {
    local one="$1" file
    while [ "$one" -lt "$number" ]; do
        one=$((one + 1))
        for file in "$dir/netkb-$(printf '%04d' "$one")"-*.json; do
            sed -E -e 's/^  "(nextLink|skip_token|skipToken)": ".*"(,?)$/  "\1": null\2/' \
                -e 's/^  "(total_records|totalRecords)": [0-9]+(,?)$/  "\1": null\2/' "$file" >"$work/whole"
            cat -- "$work/whole" >"$file"
        done
    done
}

# drop FIRST: takes the files after that number away again.
drop() {
    local one="$1"
    while [ "$one" -lt "$number" ]; do
        one=$((one + 1))
        rm -f -- "$dir/netkb-$(printf '%04d' "$one")"-*.json
    done
}

# show LABEL WHAT VERSION ID: one resource.
show() {
    ask "$2 $4" rest --method get --url "$4?api-version=$3" && keep "$1"
}

# list LABEL WHAT URL [QUERY]: all pages of a list; QUERY keeps nextLink.
list() {
    local label="$1" what="$2" url="$3" query="${4:-@}" first="$number"
    while [ -n "$url" ]; do
        ask "$what" rest --method get --url "$url" --query "$query" || return 1
        url=$(member nextLink)
        keep "$label"
    done
    whole "$first"
}

# fields FIELDS: the query that keeps of every entry what the rules read, and no secrets.
fields() { printf '{nextLink: nextLink, value: value[].{id: id, name: name, type: type, properties: {%s}}}' "$1"; }

# column WHAT URL QUERY: adds the texts that QUERY selects of all pages to $found.
column() {
    local what="$1" url="$2" query="$3"
    while [ -n "$url" ]; do
        texts "$what" rest --method get --url "$url" --query "[[nextLink || '-'], $query][]" || return 1
        url=$(head -n 1 "$work/texts")
        [ "$url" != '-' ] || url=''
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
    each show service 'the instance' "$api"
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
    ask "network status of $1" rest --method get --url "$1/networkstatus?api-version=$api" &&
        keep network-status serviceId "$1"
}

# instance ID: what an instance is made of.
instance() {
    local limited=''
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
    list workspace-links "workspaces of gateway $1" "$1/configConnections?api-version=$api"
}

records() {
    list dns-records "records of private DNS zone $1" "$1/ALL?api-version=2020-06-01"
}

# A list that Azure computes; asking for it is a POST and changes nothing.
admin_rules() {
    local token='' body first="$number"
    while :; do
        body='{}'
        [ -z "$token" ] || body='{"skipToken": "'"$(json "$token")"'"}'
        ask "security admin rules of $1" rest --method post \
            --url "$1/listNetworkManagerEffectiveSecurityAdminRules?api-version=$api" --body "$body" || {
            # Of these rules a part looks like all.
            drop "$first"
            return 1
        }
        token=$(member skipToken)
        keep admin-rules virtualNetworkId "$1"
        [ -n "$token" ] || break
    done
    whole "$first"
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
    list locks "locks in subscription $1" "/subscriptions/$1/providers/Microsoft.Authorization/locks?api-version=2016-09-01"
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
    say "exporting to $dir"
    find_services
    services=$(printf '%s\n' "$found" | once)
    found=$services
    each place
    instances=$connected
    find_networks
    [ -z "$service" ] || [ -z "$services" ] || narrow

    say '  resources'
    resources
    found=$services
    each instance

    ids microsoft.apimanagement/gateways
    gateways=$(printf '%s\n' "$found" | once)
    found=$gateways
    each place
    found=$gateways
    each links
    find_networks
    ids microsoft.network/privatednszones
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
}

mkdir -p -- "$out" || exit 2
: >"$work/error"
if [ "$each_subscription" = yes ]; then
    # A subscription without an instance is no snapshot.
    rm -f -- "$out/export-problems.txt"
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
    done <<EOF
$with
EOF
else
    one_export
fi

[ "$lacking" = no ] || say 'something is missing: export-problems.txt says what. The rest is good.'
if [ "$each_subscription" = yes ]; then
    say "next: ./netkb check --each $(printf '%q' "$out")"
else
    say "next: ./netkb check $(printf '%q' "$out")"
fi
[ "$lacking" = no ]
