package org.emrelay.stepprocess.steps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Starts a child process, prints a port, and exits on the first connection to it. */
public final class WaitsForConnection {

    private WaitsForConnection() {}

    public static void main(String[] args) throws IOException {
        Process child = new ProcessBuilder("sh", "-c", "sleep 600 & wait").start();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(child.pid());
            System.out.println(server.getLocalPort());
            server.accept().close();
        }
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
    }
}
