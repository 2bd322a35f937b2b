package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepCommandTest {

    @Test
    void theFirstStringIsTheSummaryFileAndTheOthersAreSparkSubmitArguments() throws IOException {
        assertThat(StepCommand.readFrom(new ByteArrayInputStream(frames("/tmp/s", "--name", "Bücher", ""))))
                .contains(new StepCommand("/tmp/s", List.of("--name", "Bücher", "")));
    }

    @Test
    void readsNothingAfterTheCommand() throws IOException {
        byte[] command = frames("", "a.jar");
        ByteArrayInputStream stream = new ByteArrayInputStream(Arrays.copyOf(command, command.length + 3));

        StepCommand.readFrom(stream);

        assertThat(stream.available()).isEqualTo(3);
    }

    @Test
    void aTruncatedCommandIsEmpty() throws IOException {
        byte[] command = frames("/tmp/s", "--name", "Bücher");
        for (int length = 0; length < command.length; length++) {
            assertThat(StepCommand.readFrom(new ByteArrayInputStream(command, 0, length)))
                    .as("truncated at %d", length)
                    .isEmpty();
        }
    }

    @Test
    void aCommandWithoutArgumentsIsRejected() throws IOException {
        byte[] command = frames("/tmp/s");

        assertThatThrownBy(() -> StepCommand.readFrom(new ByteArrayInputStream(command)))
                .isInstanceOf(IOException.class)
                .hasMessage("Malformed step command: it has 1 strings and needs at least 2, the summary file and a"
                        + " spark-submit argument.");
    }

    @Test
    void aStringOfNegativeLengthIsRejected() {
        byte[] command = {0, 0, 0, 2, -1, -1, -1, -1};

        assertThatThrownBy(() -> StepCommand.readFrom(new ByteArrayInputStream(command)))
                .isInstanceOf(IOException.class)
                .hasMessage("Malformed step command: it has a string of -1 bytes.");
    }

    private static byte[] frames(String... strings) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frames = new DataOutputStream(bytes);
        frames.writeInt(strings.length);
        for (String string : strings) {
            byte[] text = string.getBytes(StandardCharsets.UTF_8);
            frames.writeInt(text.length);
            frames.write(text);
        }
        return bytes.toByteArray();
    }
}
