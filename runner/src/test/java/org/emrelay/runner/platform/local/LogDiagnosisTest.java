package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogDiagnosisTest {
    @TempDir
    private Path directory;

    private Optional<Diagnosis> diagnose(boolean isPython, String stdout, String stderr) throws IOException {
        AttemptFolder folder = new AttemptFolder(directory);
        Files.writeString(folder.stdout(), stdout);
        Files.writeString(folder.stderr(), stderr);
        return LogDiagnosis.of(folder, isPython, line -> line.replace("hush", "****"));
    }

    private LastOutput output(String log, String... lines) {
        return new LastOutput(directory.resolve(log).toString(), List.of(lines));
    }

    @Test
    void showsWhatAPythonProgramPrintedBeforeItExited() throws IOException {
        assertThat(diagnose(true, "checking\nThe input has no column 'hush'.\n", "WARN something of Spark\n"))
                .contains(Diagnosis.ofOutput(output("stdout", "checking", "The input has no column '****'.")));
    }

    @Test
    void showsWhatAJavaProgramPrintedToStderr() throws IOException {
        assertThat(diagnose(false, "a result\n", "No rows. Giving up.\n"))
                .contains(Diagnosis.ofOutput(output("stderr", "No rows. Giving up.")));
    }

    @Test
    void showsTheOtherLogIfTheUsualOneIsEmpty() throws IOException {
        assertThat(diagnose(false, "Giving up.\n", "\n")).contains(Diagnosis.ofOutput(output("stdout", "Giving up.")));
    }

    @Test
    void omitsTheOutputIfThereIsACause() throws IOException {
        String trace =
                "Exception in thread \"main\" java.lang.IllegalStateException: title 7 is empty\n\tat a.B.c(B.java:1)\n";

        assertThat(diagnose(false, "a result\n", trace)).get().satisfies(found -> {
            assertThat(found.cause()).isEqualTo("java.lang.IllegalStateException: title 7 is empty");
            assertThat(found.lastOutput()).isNull();
        });
    }

    @Test
    void hasNothingToSayOfASilentProgram() throws IOException {
        assertThat(diagnose(true, "", "")).isEmpty();
    }
}
