package org.emrelay.runner.stream.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that follows a script for each connection. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final Script otherwise;
    private final List<Peer> peers = new ArrayList<>();

    /** Serves one connection; the socket is closed after it. */
    interface Script {
        void serve(Peer peer) throws IOException;
    }

    /** Closes all further connections at once. */
    ScriptedServer(Script... scripts) throws IOException {
        this(List.of(scripts), peer -> {});
    }

    private ScriptedServer(List<Script> scripts, Script otherwise) throws IOException {
        this.scripts.addAll(scripts);
        this.otherwise = otherwise;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::acceptAll);
    }

    /** Follows the same script for all connections. */
    static ScriptedServer forAll(Script script) throws IOException {
        return new ScriptedServer(List.of(), script);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The connections until now. */
    synchronized List<Peer> peers() {
        return List.copyOf(peers);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Peer peer = new Peer(socket);
                synchronized (this) {
                    peers.add(peer);
                }
                Script script = scripts.poll();
                daemon(() -> peer.serve(script == null ? otherwise : script));
            } catch (IOException exception) {
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        peers().forEach(Peer::close);
    }
}
