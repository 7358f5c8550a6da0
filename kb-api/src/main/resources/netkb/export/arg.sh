# What Resource Graph holds comes from it, 1000 rows a page (az extension add --name resource-graph).

# everywhere COMMAND...: runs the command for the scope that was asked for.
everywhere() {
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

# number_of NAME: a whole number at the top of the answer; empty where there is none.
number_of() { sed -n -E 's/^  "'"$1"'": ([0-9]+),?$/\1/p' "$work/page" | head -n 1; }

# rows: all pages of the query $kql.
rows() {
    local token='' seen='' before='' rows=0 count total
    while :; do
        ask 'resources' graph query --graph-query "$kql" --first 1000 ${scope[@]+"${scope[@]}"} \
            ${token:+"--skip-token=$token"} || return 1
        followed "$before"
        token=$(member skip_token)
        count=$(number_of count)
        total=$(number_of total_records)
        keep resources
        before=$kept
        if [ "$(head -c 1 "$work/page")" = '[' ]; then
            wrong 'further resources' 'this extension resource-graph names no next page; update it to 2.0 or newer'
            return 1
        fi
        rows=$((rows + ${count:-0}))
        if [ -z "$token" ]; then
            if [ "${total:-$rows}" -gt "$rows" ] || { [ "${count:-0}" -ge 1000 ] && [ -z "$total" ]; }; then
                wrong 'further resources' "Resource Graph gave $rows rows of ${total:-maybe more} and names no next page"
                return 1
            fi
            return 0
        fi
        fresh 'further resources' "$token" || return 1
    done
}

# row_ids: adds the ids in all pages of the query $kql to $found.
row_ids() {
    local token='' seen=''
    while :; do
        texts 'ids of resources' graph query --graph-query "$kql" --first 1000 ${scope[@]+"${scope[@]}"} \
            ${token:+"--skip-token=$token"} --query "[[skip_token || '-'], data[].id][]" || return 1
        token=$(head -n 1 "$work/texts")
        if [ -z "$token" ] || tail -n +2 "$work/texts" | grep -qv '^/'; then
            wrong 'ids of resources' "the CLI answered with what is no list of ids: $(head -n 1 "$work/texts" | cut -c 1-200)"
            return 1
        fi
        found="$found$(tail -n +2 "$work/texts")$newline"
        [ "$token" != '-' ] || return 0
        fresh 'ids of resources' "$token" || return 1
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
        [ -n "${found//$newline/}" ] || wrong "an API Management instance with the name $service" 'there is none'
        ;;
    esac
}

resources() {
    local types="$types" of
    # Of one instance, it was asked for itself.
    [ -z "$service" ] || types=$(printf '%s' "$types" | sed "s#'microsoft.apimanagement/service', *##")
    kql="resources | where type in~ ($types)$(in_group) | order by id asc | $columns"
    of=$(printf '%s' "$types" | tr -d "',")
    everywhere rows
}

