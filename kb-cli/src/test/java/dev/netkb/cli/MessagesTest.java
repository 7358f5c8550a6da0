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
    void showsProgressOfALongRunToAPersonAndRemovesItBeforeALine() throws InterruptedException {
        Messages messages = messages(false, false, true);

        messages.progress(1, "snapshot");
        assertThat(err.toString()).isEmpty();
        Thread.sleep(600);
        messages.progress(2, "snapshots");
        messages.error("error");

        assertThat(err.toString()).startsWith("\rnetkb: 2 snapshots \r\u001b[Knetkb: error");
    }

    @Test
    void showsNoProgressWhereNobodyWatches() throws InterruptedException {
        Messages messages = messages(false, false, false);

        Thread.sleep(600);
        messages.progress(1, "snapshot");
        messages.endProgress();

        assertThat(err.toString()).isEmpty();
    }
}
