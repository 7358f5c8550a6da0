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

