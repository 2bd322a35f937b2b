package org.emrelay.runner.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.emrelay.runner.run.Origin;

/** Who adds runs with this process, and from where. */
final class RunOrigin {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private RunOrigin() {}

    static Origin of(RunnerContext context) {
        return new Origin(
                System.getProperty("user.name", ""),
                host(),
                context.currentDirectory().toString(),
                GitCheckout.of(context.currentDirectory())
                        .map(GitCheckout::commit)
                        .orElse(""),
                Objects.requireNonNullElse(RunOrigin.class.getPackage().getImplementationVersion(), ""));
    }

    /** Without asking a name server, where the system allows for it. */
    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "";
            }
        }
    }
}
