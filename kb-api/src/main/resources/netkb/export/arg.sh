# What Resource Graph holds comes from it, 1000 rows a page (az extension add --name resource-graph).

# everywhere COMMAND...: runs the command for the scope that was asked for.
everywhere() {
    scope=()
    scope=()
    if [ ${#management_groups[@]} -gt 0 ]; then
        scope=(--management-groups "${management_groups[@]}")
        "$@"
    fi
    if [ ${#subscriptions[@]} -gt 0 ]; then
        scope=(--subscriptions "${subscriptions[@]}")
        "$@"
    fi
    [ ${#scope[@]} -gt 0 ] || "$@"
}

# rows: all pages of the query $kql.
rows() {
    local token='' first="$number"
    while :; do
        ask 'resources' graph query --graph-query "$kql" --first 1000 ${scope[@]+"${scope[@]}"} \
            ${token:+"--skip-token=$token"} || return 1
        token=$(member skip_token)
        keep resources
        [ -n "$token" ] || break
    done
    whole "$first"
}

# row_ids: adds the ids in all pages of the query $kql to $found.
row_ids() {
    local token=''
    while :; do
        texts 'ids of resources' graph query --graph-query "$kql" --first 1000 ${scope[@]+"${scope[@]}"} \
            ${token:+"--skip-token=$token"} --query "[[skip_token || '-'], data[].id][]" || return 1
        token=$(head -n 1 "$work/texts")
        [ "$token" != '-' ] || token=''
        found="$found$(tail -n +2 "$work/texts")$newline"
        [ -n "$token" ] || return 0
    done
}

in_group() { [ -z "$resource_group" ] || printf " | where resourceGroup =~ '%s'" "$resource_group"; }

ids() {
    found=''
    kql="resources | where type =~ '$1'$(in_group) | order by id asc | project id, name"
    everywhere row_ids
}

find_services() {
    case $service in
    /*) found=$service ;;
    '') ids microsoft.apimanagement/service ;;
    *)
        found=''
        kql="resources | where type =~ 'microsoft.apimanagement/service' and name =~ '$service'$(in_group) | order by id asc | project id, name"
        everywhere row_ids
        [ -n "${found//$newline/}" ] || : >"$work/error"
        [ -n "${found//$newline/}" ] || lost "an API Management instance with the name $service"
        ;;
    esac
}

resources() {
    local types="$types"
    # Of one instance, it was asked for itself.
    [ -z "$service" ] || types=$(printf '%s' "$types" | sed "s#'microsoft.apimanagement/service', *##")
    kql="resources | where type in~ ($types)$(in_group) | order by id asc | project id, name, type, location, resourceGroup, subscriptionId, sku, zones, properties"
    everywhere rows
}

