package dev.netkb.html;

import dev.netkb.api.render.Words;
import dev.netkb.model.report.Source;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document, and where it is.
 *
 * @param text its name, with date and section; also the address where that is none to follow
 * @param url null where it has none that leads into the web
 * @param others names of further documents, which say the same for older dates
 */
record Link(String text, @Nullable String url, List<String> others) {

    /** Nothing but the web: no scripts, no files, nothing that hides what it is. */
    private static final Pattern WEB = Pattern.compile("https?://[!-~&&[^\"'<>\\\\^`{|}]]+", Pattern.CASE_INSENSITIVE);

    /** The newest of the documents; there must be one. */
    static Link of(List<Source> sources) {
        Source newest = Words.newest(sources);
        String url = newest.url();
        boolean web = url != null && WEB.matcher(url).matches();
        List<String> others = sources.stream()
                .filter(source -> !source.equals(newest))
                .map(Source::document)
                .distinct()
                .toList();
        return new Link(
                Words.source(web ? new Source(newest.document(), newest.date(), newest.section(), null) : newest),
                web ? url : null,
                others);
    }
}
