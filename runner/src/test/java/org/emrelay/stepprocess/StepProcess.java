package org.emrelay.stepprocess;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stub of the real StepProcess for tests without Spark: reads its command like the real one, then acts by the arguments of the step. */
public final class StepProcess {
    private static final int EXIT_CODE = 137;

    private StepProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("waiting in " + ProcessHandle.current().pid());
        DataInputStream frames = new DataInputStream(System.in);
        int count = frames.readInt();
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strings.add(new String(frames.readNBytes(frames.readInt()), StandardCharsets.UTF_8));
        }
        System.out.println("running in " + ProcessHandle.current().pid() + " " + strings.subList(1, count));
        List<String> step = strings.subList(strings.indexOf("stub.jar") + 1, count);
        run(step);
        String rows = step.get(0).equals("succeed") ? "123" : "null";
        Files.writeString(Path.of(strings.get(0)), "{\"rows\": " + rows + ", \"returned\": true}\n");
    }

    private static void run(List<String> step) throws IOException, InterruptedException {
        switch (step.get(0)) {
            case "succeed" -> {}
            case "exit" -> System.exit(Integer.parseInt(step.get(1)));
            case "print" -> System.err.println(step.get(1));
            case "fail" -> {
                System.err.println(step.get(1));
                System.exit(1);
            }
            case "print-environment" ->
                System.out.println(Map.of(
                        "variable",
                        String.valueOf(System.getenv(step.get(1))),
                        "directory",
                        System.getProperty("user.dir")));
            case "litter" -> Files.writeString(Path.of(System.getProperty("java.io.tmpdir"), "litter"), "litter");
            case "read" -> System.out.println("read " + Files.readString(Path.of(step.get(1))));
            case "print-much" -> System.err.println("much ".repeat(1_000_000));
            case "print-for-ever" -> printForEver();
            case "hold" -> hold();
            case "hold-with-child" -> {
                Process child = new ProcessBuilder("sleep", "600").start();
                System.out.println("child " + child.pid());
                hold();
            }
            case "leave" ->
                System.out.println("child "
                        + new ProcessBuilder(step.subList(1, step.size()))
                                .start()
                                .pid());
            case "hold-stubbornly" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(StepProcess::waitForever));
                System.out.println("stubborn");
                waitForever();
            }
            default -> throw new IllegalArgumentException(step.get(0));
        }
    }

    private static void printForEver() throws IOException {
        byte[] lines = "still here\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        while (true) {
            System.out.write(lines);
            System.err.write(lines);
        }
    }

    /** Runs until the runner exits. */
    private static void hold() throws IOException {
        System.out.println("holding");
        while (System.in.read() >= 0) {
            // Nothing is sent.
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static synchronized void waitForever() {
        try {
            while (true) {
                StepProcess.class.wait();
            }
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
