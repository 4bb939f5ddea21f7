import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const hub = document.documentElement.dataset['hub'];
if (hub) {
  const connection = new HubConnectionBuilder().withUrl(hub).configureLogging(LogLevel.Error).build();
  void connection.start();
}
