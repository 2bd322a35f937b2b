package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The result of a finished command: exit code, stdout and stderr. */
record ProcessResult(String command, int exitCode, String out, String err) {

    /** Asserts the exit code. */
    ProcessResult expectExitCode(int expected) {
        assertThat(exitCode).as("exit code of %s", this).isEqualTo(expected);
        return this;
    }

    /** The stdout of {@code --output json}. */
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
