package endtoend;

/** Succeeds without writing anything. */
public final class WriteNothing {
    public static void main(String[] arguments) {
        System.out.println("nothing to write");
    }
}
