package theater.acceptance.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A row of `different.txt`.
///
/// @param line of the recorded command
/// @param why it does something else here
/// @param korean the same in Korean
record Difference(String line, String why, String korean) {

  static List<Difference> all() {
    try (InputStream in = Difference.class.getResourceAsStream("different.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> lines =
          reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      List<Difference> all = new ArrayList<>();
      for (int i = 0; i < lines.size(); i += 3) {
        all.add(
            new Difference(
                after("= ", lines.get(i)),
                after("x ", lines.get(i + 1)),
                after("k ", lines.get(i + 2))));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String after(String mark, String line) {
    if (!line.startsWith(mark)) {
      throw new IllegalArgumentException(
          "different.txt: \"" + line + "\"; expected a line with " + mark);
    }
    return line.substring(mark.length()).strip();
  }

  /// `docs/kubernetes-differences.md`.
  ///
  /// @param recorded how many commands were recorded
  static String document(List<Difference> all, int recorded) {
    StringBuilder text =
        new StringBuilder(
            """
            # What differs from a real Kubernetes / 실제 쿠버네티스와 다른 것

            %d commands were typed at a real cluster (kube-apiserver 1.35 with controllers, a fake node and Istio's types), and `RecordedCommandsTest` types them at a
            running theater: the same exit codes and lines that mean the same, but for the %d below. Mistakes in manifests are answered word for word (`RefusedAnswersTest`).
            Pods have a sidecar here (2/2); the recorded cluster had no injector (1/1). Theater's own advice (`Warning: theater/T…`) is left out of the comparison. What is not modelled of Istio: [not-modelled.md](not-modelled.md).

            실제 클러스터에서 명령 %d개를 실행해 기록했고, `RecordedCommandsTest`가 같은 명령을 실행 중인 극장에 입력합니다. 아래 %d개를 빼면 종료 코드와 출력의 뜻이 같습니다.
            잘못된 매니페스트에는 한 글자도 다르지 않은 답이 나옵니다(`RefusedAnswersTest`). 여기서는 파드에 사이드카가 있고(2/2), 기록한 클러스터에는 없었습니다(1/1). Theater가 덧붙이는 조언(`Warning: theater/T…`)은 비교에서 뺐습니다.

            | command / 명령 | difference | 차이 |
            |---|---|---|
            """
                .formatted(recorded, all.size(), recorded, all.size()));
    for (Difference row : all) {
      text.append("| `%s` | %s | %s |\n".formatted(row.line(), row.why(), row.korean()));
    }
    return text.append(further()).toString();
  }

  /// What is known to differ, but in no recorded command.
  private static String further() {
    try (InputStream in = Difference.class.getResourceAsStream("further.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
