package dev.netkb.spark.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would cure a violation. Its typed changes are in the JSON report alone. */
public final class RemediationStruct {

    private String hint = "";
    private @Nullable CommandsStruct commands;
    private List<String> fillIn = List.of();
    private boolean verified;
    private List<String> introduces = List.of();

    public String getHint() {
        return hint;
    }

    public void setHint(String hint) {
        this.hint = hint;
    }

    public @Nullable CommandsStruct getCommands() {
        return commands;
    }

    public void setCommands(@Nullable CommandsStruct commands) {
        this.commands = commands;
    }

    /** What has to be filled in before the commands are run. */
    public List<String> getFillIn() {
        return fillIn;
    }

    public void setFillIn(List<String> fillIn) {
        this.fillIn = fillIn;
    }

    public boolean isVerified() {
        return verified;
    }

    public void setVerified(boolean verified) {
        this.verified = verified;
    }

    public List<String> getIntroduces() {
        return introduces;
    }

    public void setIntroduces(List<String> introduces) {
        this.introduces = introduces;
    }
}
