package dev.netkb.spark.row;

import java.util.List;

/** The commands of a remediation, in order. */
public final class CommandsStruct {

    private List<String> az = List.of();
    private List<String> powershell = List.of();

    public List<String> getAz() {
        return az;
    }

    public void setAz(List<String> az) {
        this.az = az;
    }

    public List<String> getPowershell() {
        return powershell;
    }

    public void setPowershell(List<String> powershell) {
        this.powershell = powershell;
    }
}
