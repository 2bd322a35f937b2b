package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the bootstrap action on a simulated node whose programs are stubs. */
final class BootstrapActionTest {
    private static final Path SCRIPT = Path.of("..", "bootstrap-action.sh").toAbsolutePath();

    @TempDir
    Path node;

    /** Exit code, output without timestamps and node facts, and arguments of all dnf calls. */
    private record ActionResult(int code, String output, String dnfCalls) {}

    @BeforeEach
    void setUp() throws IOException {
        program("fc-list", "cat \"$NODE/fonts\" 2>/dev/null || true");
        program("ldconfig", "echo 'libc.so.6'; cat \"$NODE/libraries\" 2>/dev/null || true");
        program("sudo", "[ \"$1\" = -n ] && shift; exec \"$@\"");
        program("timeout", "shift; exec \"$@\"");
        program("sleep", "true");
        program("date", "echo now");
        dnf(
                "case \"$*\" in *fontconfig*) echo DejaVu >\"$NODE/fonts\";; *libgomp*) echo 'libgomp.so.1 (x)' >\"$NODE/libraries\";; esac");
    }

    private void program(String name, String body) throws IOException {
        Path file = node.resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void dnf(String body) throws IOException {
        program("dnf", "echo \"$*\" >>\"$NODE/dnf-calls\"\n" + body);
    }

    private ActionResult run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
        builder.environment().put("NODE", node.toString());
        builder.environment().merge("PATH", node.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Path calls = node.resolve("dnf-calls");
        return new ActionResult(
                process.waitFor(),
                output.replace("now bootstrap-action: ", "").replaceFirst("started on .*\n", ""),
                Files.exists(calls) ? Files.readString(calls) : "");
    }

    @Test
    void installsMissingPackagesOnce() throws Exception {
        String calls = """
                install --assumeyes --quiet --setopt=install_weak_deps=False fontconfig dejavu-sans-fonts
                install --assumeyes --quiet --setopt=install_weak_deps=False libgomp
                """;

        assertThat(run())
                .isEqualTo(new ActionResult(
                        0, "fontconfig dejavu-sans-fonts: installed\nlibgomp: installed\ndone\n", calls));
        assertThat(run())
                .isEqualTo(new ActionResult(
                        0,
                        "fontconfig dejavu-sans-fonts: already installed\nlibgomp: already installed\ndone\n",
                        calls));
    }

    @Test
    void warnsWhenPackagesAreUnavailable() throws Exception {
        dnf("exit 1");

        ActionResult result = run();

        assertThat(result.code()).isZero();
        assertThat(result.output()).isEqualTo("""
                        dnf failed to install fontconfig dejavu-sans-fonts (attempt 1 of 2)
                        dnf failed to install fontconfig dejavu-sans-fonts (attempt 2 of 2)
                        warning: fontconfig dejavu-sans-fonts: not installed and not available. Steps that draw text must bundle their fonts, as the pipelines of Emrelay do.
                        dnf failed to install libgomp (attempt 1 of 2)
                        dnf failed to install libgomp (attempt 2 of 2)
                        warning: libgomp: not installed and not available. Steps that use XGBoost fail with UnsatisfiedLinkError; all others run.
                        done
                        """);
    }

    @Test
    void retriesAFailedInstallation() throws Exception {
        dnf(
                "[ -e \"$NODE/again\" ] || { touch \"$NODE/again\"; exit 1; }\necho DejaVu >\"$NODE/fonts\"\necho libgomp.so.1 >\"$NODE/libraries\"");

        assertThat(run().output()).isEqualTo("""
                        dnf failed to install fontconfig dejavu-sans-fonts (attempt 1 of 2)
                        fontconfig dejavu-sans-fonts: installed
                        libgomp: already installed
                        done
                        """);
    }

    @Test
    void reportsTheLineOfAnUnexpectedFailure() throws Exception {
        program("uname", "exit 3");

        ActionResult result = run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.output()).contains("failed with exit code 3 at line ");
    }
}
