package endtoend;

/** Ends well without having written anything. */
public final class WritesNothing {
    public static void main(String[] arguments) {
        System.out.println("nothing to write");
    }
}
