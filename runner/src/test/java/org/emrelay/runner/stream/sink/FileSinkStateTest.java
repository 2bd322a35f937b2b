package org.emrelay.runner.stream.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.SinkState;
import org.junit.jupiter.api.Test;

final class FileSinkStateTest {
    @Test
    void aStateThatIsNotItsOwnIsReported() {
        for (String[] invalid : new String[][] {
            {"x", "line 1, column 1: put this text in double quotes"},
            {"{\"id\":\"1\"}", "files is missing"},
            {
                "{\"id\":\"1\",\"files\":1,\"part\":{\"name\":\"../../etc\",\"length\":0,\"bytes\":0}}",
                "part ../../etc of 0 bytes"
            },
        }) {
            assertThatThrownBy(() -> FileSinkState.parse(new SinkState(invalid[0])))
                    .isInstanceOf(CorruptStreamException.class)
                    .hasMessage("The state of the files in the checkpoint is not valid: " + invalid[1]
                            + ". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
        }
    }
}
