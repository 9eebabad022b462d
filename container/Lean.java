import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves out of jars what nobody reads in an image: {@code java Lean.java JAR…} names of local variables, which are for
 * debuggers, and schemas and examples of configuration files. Line numbers stay, for stack traces.
 *
 * <p>A class is as large again in the start-up cache (see train), names included: of the proxy's image this saves 5 MB.
 * A class that can't be written anew, because something that it mentions isn't there, stays as it is; so does one that
 * the verifier wouldn't take.
 */
public final class Lean {

  private static final Pattern PAPER =
      Pattern.compile(".*\\.xsd|hazelcast-config-[0-9.]+\\.json|.*-full-example\\.(xml|yaml)|THIRD-PARTY.txt");

  private final ClassFile classes;
  private int kept;

  private Lean(List<Path> jars) {
    ClassLoader all = new URLClassLoader(jars.stream().map(Lean::url).toArray(URL[]::new), null);
    ClassHierarchyResolver known =
        ClassHierarchyResolver.ofResourceParsing(all).orElse(ClassHierarchyResolver.defaultResolver()).cached();
    classes =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(known),
            ClassFile.ConstantPoolSharingOption.NEW_POOL); // or the names would stay in it
  }

  public static void main(String[] args) throws IOException {
    List<Path> jars = List.of(args).stream().map(Path::of).toList();
    Lean lean = new Lean(jars);
    long before = size(jars);
    for (Path jar : jars) {
      lean.write(jar);
    }
    System.out.printf("lean: %d jars, %d bytes of %d; %d classes as they were%n", jars.size(), size(jars), before, lean.kept);
  }

  private void write(Path jar) throws IOException {
    Path written = Files.createTempFile(jar.toAbsolutePath().getParent(), "lean", ".jar");
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(written);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      Enumeration<? extends ZipEntry> entries = in.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!PAPER.matcher(entry.getName()).matches()) {
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(entry.getName().endsWith(".class") ? nameless(bytes) : bytes);
          out.closeEntry();
        }
      }
    }
    Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(jar));
    Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] nameless(byte[] bytes) {
    CodeTransform code =
        (builder, element) -> {
          if (!(element instanceof LocalVariable || element instanceof LocalVariableType)) {
            builder.with(element);
          }
        };
    try {
      byte[] lean = classes.transformClass(classes.parse(bytes), ClassTransform.transformingMethodBodies(code));
      if (classes.verify(lean).isEmpty()) {
        return lean;
      }
    } catch (IllegalArgumentException unknown) {
      // below
    }
    kept++;
    return bytes;
  }

  private static long size(List<Path> jars) throws IOException {
    long sum = 0;
    for (Path jar : jars) {
      sum += Files.size(jar);
    }
    return sum;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
