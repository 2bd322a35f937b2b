package org.emrelay.runner.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.emrelay.runner.report.TerminalSize;
import org.jspecify.annotations.Nullable;

/** The window of the terminal that stderr is connected to; follows changes of its size. */
final class TerminalWindow implements Supplier<TerminalSize> {
    private static final TerminalSize UNKNOWN = new TerminalSize(0, 0);

    private final boolean exists;
    private volatile boolean changed;
    private boolean watched;
    private TerminalSize size;

    /**
     * @param exists whether stderr is a terminal
     * @param size what is known of its size; null for nothing
     */
    TerminalWindow(boolean exists, @Nullable TerminalSize size) {
        this.exists = exists;
        this.size = size == null ? UNKNOWN : size;
        this.changed = size == null;
    }

    /** Most commands are done before they ask. */
    @Override
    public synchronized TerminalSize get() {
        if (exists && !watched) {
            watched = true;
            watch();
        }
        if (exists && changed) {
            changed = false;
            measure().ifPresent(measured -> size = measured);
        }
        return size;
    }

    /** By reflection, because the javac warning about sun.misc cannot be suppressed. */
    private void watch() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object onChange = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        changed = true;
                        return null;
                    });
            handle.invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), onChange);
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            // The size at the start has to do.
        }
    }

    /** The JDK cannot ask the terminal, stty can. */
    private static Optional<TerminalSize> measure() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/fd/2"))
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (Scanner output = new Scanner(stty.getInputStream(), StandardCharsets.US_ASCII)) {
                if (output.hasNextInt() && stty.waitFor(1, TimeUnit.SECONDS)) {
                    int rows = output.nextInt();
                    return output.hasNextInt()
                            ? Optional.of(new TerminalSize(output.nextInt(), rows))
                            : Optional.empty();
                }
            }
        } catch (IOException | UncheckedIOException unavailable) {
            // As on a machine without stty.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
