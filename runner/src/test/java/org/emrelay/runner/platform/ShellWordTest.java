package org.emrelay.runner.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordTest {
    @Test
    void quotesWhatTheShellWouldExpand() {
        assertThat(List.of("a-b", "a b", "it's", "$HOME", ""))
                .extracting(ShellWord::quoted)
                .containsExactly("a-b", "'a b'", "'it'\\''s'", "'$HOME'", "''");
    }

    @Test
    void escapesWhatDoesNotPrintOnOneLine() {
        assertThat(ShellWord.quoted("it's\n\t\\ \u001b\u202e")).isEqualTo("$'it\\'s\\n\\t\\\\ \\u001b\\u202e'");
    }

    @Test
    void bashReadsTheSameArgument() throws IOException, InterruptedException {
        String argument = "it's\n   two\tlines \\n \r\u001b[31m \u0085\u202e $HOME `id` ü🌍";
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "printf %s " + ShellWord.quoted(argument));
        bash.environment().put("LC_ALL", "C.UTF-8");
        Process process = bash.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(argument);
        assertThat(process.waitFor()).isZero();
    }
}
