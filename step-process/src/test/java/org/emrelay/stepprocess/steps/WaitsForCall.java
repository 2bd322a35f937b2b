package org.emrelay.stepprocess.steps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Starts a process of its own, says where it can be called, and ends when somebody calls. */
public final class WaitsForCall {

    private WaitsForCall() {}

    public static void main(String[] args) throws IOException {
        Process child = new ProcessBuilder("sh", "-c", "sleep 600 & wait").start();
        try (ServerSocket telephone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(child.pid());
            System.out.println(telephone.getLocalPort());
            telephone.accept().close();
        }
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
    }
}
