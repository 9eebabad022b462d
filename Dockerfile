# Both images: `docker build --target proxy .` and `docker build --target upstream .`; docker-compose.yml does it for you.
# They share everything but their own jars. For the classic builder as well as for BuildKit.

# ---- the Java runtime: only the modules that are used. Hazelcast names java.sql, java.xml and java.scripting in parts of it that nobody here reaches
# (files in XML, databases, scripts): 4 MB. The local symbols of the native libraries are for a debugger of the JVM itself: 6 MB.
FROM maven:3-eclipse-temurin-25 AS runtime
COPY jvm/runtime.options /
RUN jlink --add-options "$(sed '/^#/d; /^$/d' /runtime.options | tr '\n' ' ')" --strip-debug --no-header-files --no-man-pages --compress zip-9 --output /runtime --add-modules \
      java.base,java.logging,java.management,java.naming,java.transaction.xa,jdk.management,jdk.net,jdk.unsupported && \
    find /runtime/lib -name '*.so' -exec strip --strip-unneeded {} +

# ---- the libraries, from the poms alone: sources may change without fetching them again
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn/
COPY discovery/pom.xml discovery/
COPY upstream/pom.xml upstream/
COPY proxy/pom.xml proxy/
COPY container/layers container/Lean.java container/Traffic.java container/
RUN mvn -B -ntp -Dfast -Dmaven.test.skip=true package && container/layers libraries && container/layers training

# ---- the code
COPY discovery discovery/
COPY upstream upstream/
COPY proxy proxy/
RUN mvn -B -ntp -Dfast -Dmaven.test.skip=true package && container/layers code

# ---- what both images have in common
FROM debian:bookworm-slim AS rollcall
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin rollcall
ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
COPY --from=runtime /runtime /opt/java/
COPY --from=build /layers/both /opt/rollcall/
COPY jvm /opt/rollcall/jvm/
COPY container/health container/start /opt/rollcall/
WORKDIR /opt/rollcall

# ---- a first run of both, which makes later starts fast
FROM rollcall AS training
COPY --from=build /layers/proxy-libraries /opt/rollcall/
COPY --from=build /layers/proxy /opt/rollcall/
COPY --from=build /layers/upstream /opt/rollcall/
COPY --from=build /layers/training /opt/rollcall/training/
COPY container/train /opt/rollcall/
RUN mkdir -p aot/proxy aot/upstream && ./train

# ---- docker build --target upstream
FROM rollcall AS upstream
COPY --from=build /layers/upstream /opt/rollcall/
COPY --from=training /opt/rollcall/aot/upstream /opt/rollcall/aot/
ENV ROLLCALL_HTTP_PORT=8080
EXPOSE 8080
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD /opt/rollcall/health "$ROLLCALL_HTTP_PORT"
ENTRYPOINT ["/opt/rollcall/start", "upstream"]

# ---- docker build --target proxy
FROM rollcall AS proxy
COPY --from=build /layers/proxy-libraries /opt/rollcall/
COPY --from=build /layers/proxy /opt/rollcall/
COPY --from=training /opt/rollcall/aot/proxy /opt/rollcall/aot/
ENV ROLLCALL_ADMIN_HOST=0.0.0.0
EXPOSE 8080 8443 9090 5701
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD /opt/rollcall/health "${ROLLCALL_ADMIN_PORT:-9090}"
ENTRYPOINT ["/opt/rollcall/start", "proxy"]
