package dev.netkb.api.internal.drools;

import java.util.List;
import java.util.function.Predicate;
import org.drools.model.EntryPoint;
import org.drools.model.Global;
import org.drools.model.Model;
import org.drools.model.Query;
import org.drools.model.Rule;
import org.drools.model.TypeMetaData;

/** Compiled rules without some of them: nothing is compiled again. */
record SelectedRules(Model all, List<Rule> selected) implements Model {

    SelectedRules {
        selected = List.copyOf(selected);
    }

    static Model of(Model all, Predicate<Rule> wanted) {
        List<Rule> selected = all.getRules().stream().filter(wanted).toList();
        return selected.size() == all.getRules().size() ? all : new SelectedRules(all, selected);
    }

    @Override
    public String getName() {
        return all.getName();
    }

    @Override
    public String getPackageName() {
        return all.getPackageName();
    }

    @Override
    public List<Global> getGlobals() {
        return all.getGlobals();
    }

    @Override
    public List<Rule> getRules() {
        return selected;
    }

    @Override
    public List<Query> getQueries() {
        return all.getQueries();
    }

    @Override
    public List<TypeMetaData> getTypeMetaDatas() {
        return all.getTypeMetaDatas();
    }

    @Override
    public List<EntryPoint> getEntryPoints() {
        return all.getEntryPoints();
    }
}
