package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} says about the interpreters of this machine. It must not start any. */
final class LocalPythonCheckTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory)
                .file("job.py", "print('job')\n")
                .withEnvironment("PATH", directory.resolve("venv/bin").toString());
    }

    @Test
    void warnsOfAMissingInterpreter() {
        assertThat(validate(""))
                .isEqualTo("warning: steps.json: steps[0].script_uri: a local run needs Python, but the PATH has no"
                        + " python3. Install Python 3.11.\n");
        assertThat(validate(", \"python\": \"3.10\""))
                .isEqualTo("warning: steps.json: steps[0].python: a local run needs python3.10, which the PATH does not"
                        + " have. Install it, or install uv, which downloads it: python3 -m pip install uv\n");
    }

    @Test
    void warnsOfAPythonWithoutPyspark() throws IOException {
        program("python3", "\u007fELF");
        String warning = "warning: steps.json: steps[0].script_uri: a local run needs PySpark, which"
                + " DIR/venv/bin/python3 does not seem to have. Add \"requirements\": [\"pyspark\"], and Emrelay"
                + " installs it in an environment of its own.\n";

        assertThat(validate("")).isEqualTo(warning);
        assertThat(validate(", \"requirements\": [\"pandas\"]")).isEmpty();
        cli.file("venv/lib/python3.11/site-packages/pyspark/__init__.py", "");
        assertThat(validate("")).isEmpty();
    }

    /** The shim of a version manager shows nothing about the interpreter, and uv finds or downloads a version. */
    @Test
    void isSilentInDoubt() throws IOException {
        program("python3", "#!/bin/sh\ntouch '" + directory.resolve("started") + "'\n");

        assertThat(validate("")).isEmpty();
        assertThat(validate(", \"python\": \"3.10\"")).isEmpty();
        program("python3", "\u007fELF");
        program("uv", "#!/bin/sh\n");
        assertThat(validate(", \"python\": \"3.10\"")).isEmpty();
        assertThat(directory.resolve("started")).doesNotExist();
    }

    private String validate(String keys) {
        cli.file("steps.json", "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\"" + keys + "}]}");
        return cli.run("-a", "validate").out().replace("steps.json is valid.\n", "");
    }

    private void program(String name, String content) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("venv/bin"));
        Path file = Files.writeString(bin.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
