/** One thing that a client does; what came of it, {@code WRONG …} where nobody may see that. */
@FunctionalInterface
interface Deed {

  String run() throws Exception;
}
