package theater.gateway.proxy;

import theater.gateway.answer.Answer;

/// Is told of every answer that went back, on the event loop.
public interface AnswerLog {
  void add(Answer answer);
}
