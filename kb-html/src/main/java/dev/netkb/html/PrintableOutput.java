package dev.netkb.html;

import dev.netkb.api.render.AppendableWriter;
import dev.netkb.api.render.Printable;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.WriterOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where templates write to. Text is escaped for the place where it stands, and before that every character that nobody
 * could see, such as one that turns the direction of reading, is made visible ({@link Printable}).
 */
final class PrintableOutput extends OwaspHtmlTemplateOutput {

    /** Templates ask to be told of tags; nobody here is. */
    static final HtmlInterceptor NOBODY = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    private PrintableOutput(TemplateOutput output) {
        super(output);
    }

    /** @throws IOException when {@code out} fails; it is neither flushed nor closed */
    static void write(Appendable out, Consumer<PrintableOutput> template) throws IOException {
        try (Writer writer = new BufferedWriter(new AppendableWriter(out), 1 << 16)) {
            template.accept(new PrintableOutput(new WriterOutput(writer)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void writeUserContent(@Nullable String value) {
        if (value != null) {
            super.writeUserContent(Printable.of(value));
        }
    }
}
