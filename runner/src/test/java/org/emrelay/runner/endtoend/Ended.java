package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What is left of a command that has ended: its exit code and all that it said. */
record Ended(String command, int exitCode, String out, String err) {

    /** The same, once its exit code is seen to be this. */
    Ended with(int expected) {
        assertThat(exitCode).as("exit code of %s", this).isEqualTo(expected);
        return this;
    }

    /** What it answered to {@code --output json}. */
    Json json() {
        return Json.of(out);
    }

    String lastLine() {
        List<String> lines = out.lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Override
    public String toString() {
        return command + "\nexit code " + exitCode + "\nstdout:\n" + out + "\nstderr:\n" + err;
    }
}
