package dev.netkb.api.read.file;

import java.util.List;
import java.util.Locale;

/** What a file is by its name, and for what is no JSON the way to make JSON of it. What is read is recognised by content. */
enum FileKind {
    LINES(
            "holds JSON lines, each a snapshot of its own",
            "Give the file itself, outside of directories and archives.",
            ".jsonl",
            ".ndjson",
            ".jsonl.gz",
            ".ndjson.gz"),
    PACKED("is JSON that is packed with gzip", "", ".json.gz", ".tfstate.gz"),
    ARCHIVE(
            "is an archive",
            "Unpack it: within a directory or an archive, archives are not read.",
            ".zip",
            ".tar",
            ".tgz",
            ".gz"),
    JSON("is JSON", "", ".json", ".jsonc", ".tfstate"),
    OTHER_ARCHIVE(
            "is packed in a way that is not read",
            "Unpack it, and give the directory or pack it as .zip or .tar.gz.",
            ".7z",
            ".rar",
            ".bz2",
            ".xz",
            ".zst",
            ".tbz2",
            ".txz"),
    BICEP(
            "is Bicep",
            "Compile it: bicep build FILE --outfile FILE.json, or az bicep build --file FILE --outfile FILE.json; then give"
                    + " FILE.json.",
            ".bicep"),
    BICEP_PARAMETERS(
            "holds parameters of Bicep",
            "Compile it: bicep build-params FILE --outfile FILE.parameters.json, and put that beside the compiled template.",
            ".bicepparam"),
    TERRAFORM(
            "is Terraform's language",
            "Let Terraform evaluate it: terraform plan -out tfplan && terraform show -json tfplan > plan.json; then give"
                    + " plan.json.",
            ".tf",
            ".tfvars"),
    TERRAFORM_PLAN(
            "is a plan in Terraform's own form",
            "Print it as JSON: terraform show -json FILE > plan.json; then give plan.json. From the start: terraform plan"
                    + " -out tfplan && terraform show -json tfplan > plan.json.",
            ".tfplan"),
    TABLE(
            "is a table, in which nested properties are lost or are texts",
            "Export JSON: az graph query -q \"…\" --first 1000 -o json > network.json, or in the portal's Resource Graph"
                    + " Explorer the download as JSON.",
            ".csv",
            ".tsv"),
    SPREADSHEET(
            "is a spreadsheet, in which nested properties are lost or are texts",
            "Export JSON: az graph query -q \"…\" --first 1000 -o json > network.json.",
            ".xlsx",
            ".xls"),
    YAML("is YAML", "Export JSON: the same az command with -o json instead of -o yaml.", ".yaml", ".yml"),
    NOTES(
            "is written for people",
            "",
            ".md",
            ".txt",
            ".log",
            ".html",
            ".pdf",
            ".png",
            ".svg",
            ".sh",
            ".ps1",
            "license",
            "makefile"),
    OTHER("is no JSON by its name", "Nothing, where it is no export; else give it the ending .json.");

    private final String what;
    private final String hint;
    private final List<String> endings;

    FileKind(String what, String hint, String... endings) {
        this.what = what;
        this.hint = hint;
        this.endings = List.of(endings);
    }

    /** The kind that the ending of a name tells; {@link #OTHER} where it tells nothing. */
    static FileKind of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (FileKind kind : values()) {
            if (kind.endings.stream().anyMatch(lower::endsWith)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** To stand behind the name of the file: {@code is Bicep}. */
    String what() {
        return what;
    }

    String hint() {
        return hint;
    }

    /** Whether a file of this kind can be read where it is given by itself. */
    boolean isRead() {
        return isFile() || this == LINES || this == ARCHIVE;
    }

    /** Whether it is one file of a snapshot, in a directory too. */
    boolean isFile() {
        return this == JSON || this == PACKED;
    }

    /** Whether nobody who gives such a file can mean anything but to have it checked. */
    boolean isInput() {
        return this != OTHER && this != NOTES;
    }

    /** Whether nobody who puts such a file beside exports means it to be read. */
    boolean isForPeople() {
        return this == NOTES;
    }
}
