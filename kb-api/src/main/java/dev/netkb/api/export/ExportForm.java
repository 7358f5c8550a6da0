package dev.netkb.api.export;

/** What a script asks with. */
public enum ExportForm {
    /** Bash and the Azure CLI: Resource Graph, and the CLI for what that does not hold. */
    ARG,
    /** Bash and the Azure CLI alone. */
    AZ,
    /** PowerShell with the modules Az.Accounts and Az.ResourceGraph. */
    POWERSHELL
}
