package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository's bootstrap action on a node whose programs are the test's: what it asks of them, and what it says. */
final class BootstrapActionTest {
    private static final Path SCRIPT = Path.of("..", "bootstrap-action.sh").toAbsolutePath();

    @TempDir
    Path node;

    /** How it ended, what it said without times and the node's facts, and how often it called dnf. */
    private record Ended(int code, String said, String installed) {}

    @BeforeEach
    void anEmptyNode() throws IOException {
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
        program("dnf", "echo \"$*\" >>\"$NODE/asked\"\n" + body);
    }

    private Ended run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
        builder.environment().put("NODE", node.toString());
        builder.environment().merge("PATH", node.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Path asked = node.resolve("asked");
        return new Ended(
                process.waitFor(),
                said.replace("now bootstrap-action: ", "").replaceFirst("begins on .*\n", ""),
                Files.exists(asked) ? Files.readString(asked) : "");
    }

    @Test
    void installsWhatIsMissingAndOnlyOnce() throws Exception {
        String asked = """
                install --assumeyes --quiet --setopt=install_weak_deps=False fontconfig dejavu-sans-fonts
                install --assumeyes --quiet --setopt=install_weak_deps=False libgomp
                """;

        assertThat(run())
                .isEqualTo(new Ended(0, "fontconfig dejavu-sans-fonts: installed\nlibgomp: installed\ndone\n", asked));
        assertThat(run())
                .isEqualTo(new Ended(
                        0, "fontconfig dejavu-sans-fonts: there already\nlibgomp: there already\ndone\n", asked));
    }

    @Test
    void saysWhatFollowsWhereNoPackagesAreToBeHad() throws Exception {
        dnf("exit 1");

        Ended ended = run();

        assertThat(ended.code()).isZero();
        assertThat(ended.said()).isEqualTo("""
                        dnf could not install fontconfig dejavu-sans-fonts (attempt 1 of 2)
                        dnf could not install fontconfig dejavu-sans-fonts (attempt 2 of 2)
                        warning: fontconfig dejavu-sans-fonts: not there and not to be had. Steps that draw text use the fonts in their own jars, as the pipelines here do; others may find none.
                        dnf could not install libgomp (attempt 1 of 2)
                        dnf could not install libgomp (attempt 2 of 2)
                        warning: libgomp: not there and not to be had. Steps that train with XGBoost fail with UnsatisfiedLinkError; all others run.
                        done
                        """);
    }

    @Test
    void triesAgainWhereAPackageServerHasItsMoment() throws Exception {
        dnf(
                "[ -e \"$NODE/again\" ] || { touch \"$NODE/again\"; exit 1; }\necho DejaVu >\"$NODE/fonts\"\necho libgomp.so.1 >\"$NODE/libraries\"");

        assertThat(run().said()).isEqualTo("""
                        dnf could not install fontconfig dejavu-sans-fonts (attempt 1 of 2)
                        fontconfig dejavu-sans-fonts: installed
                        libgomp: there already
                        done
                        """);
    }

    @Test
    void failsAndSaysWhereOnAnythingUnexpected() throws Exception {
        program("uname", "exit 3");

        Ended ended = run();

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.said()).contains("failed with exit code 3 at line ");
    }
}
