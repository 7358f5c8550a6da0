package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private final StringWriter err = new StringWriter();

    private Messages messages(boolean quiet, boolean verbose, boolean interactive) {
        return new Messages(new PrintWriter(err), quiet, verbose, interactive);
    }

    @Test
    void keepsErrorsWhenQuiet() {
        Messages messages = messages(true, false, false);

        messages.notice("notice");
        messages.detail("detail");
        messages.error("error");

        assertThat(err).hasToString("netkb: error" + System.lineSeparator());
    }

    @Test
    void showsDetailsOnlyWhenVerbose() {
        messages(false, false, false).detail("detail");
        assertThat(err.toString()).isEmpty();

        messages(false, true, false).detail("detail");
        assertThat(err.toString()).contains("netkb: detail");
    }

    @Test
    void removesAPassingLineBeforeTheNextOne() {
        Messages messages = messages(false, false, true);

        messages.passing("2 snapshots");
        messages.passing("3 snapshots");
        messages.error("error");

        assertThat(err)
                .hasToString("\rnetkb: 2 snapshots\r\u001b[K\rnetkb: 3 snapshots\r\u001b[Knetkb: error"
                        + System.lineSeparator());
    }
}
